// The policy as JSON: what `--policy` and `parsePolicy` read.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { policyToJson } from '../../../policy/policy-json.js';
import type { Inspection } from '../inspection.js';

export function ExportPolicy({ inspection }: { readonly inspection: Inspection }) {
  const { policy } = inspection;
  const text = useMemo(() => `${JSON.stringify(policyToJson(policy), null, 2)}\n`, [policy]);
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return (
    <>
      <p>
        {address === undefined ? null : (
          <a id="export" href={address} download="policy.json">
            Save as policy.json
          </a>
        )}{' '}
        ({Object.keys(policy.entries).length} entries)
      </p>
      <label>
        The policy as JSON
        <textarea rows={8} readOnly spellcheck={false} value={text} />
      </label>
    </>
  );
}
