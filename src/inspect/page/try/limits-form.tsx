// The limits: numbers of our own that bound what the rules may do.
import { defaultLimits, type Limits } from '../../../policy/limits.js';
import type { Inspection } from '../inspection.js';
import { LIMIT_FIELDS, type LimitName } from './limit-fields.js';

export function LimitsForm({ inspection }: { readonly inspection: Inspection }) {
  const { limits } = inspection.edits;
  const change = (next: Limits): void => inspection.update({ edits: { ...inspection.edits, limits: next } });
  return (
    <>
      <div class="limits">
        {LIMIT_FIELDS.map(({ name, label, step, most }) => (
          <label key={name}>
            <span>{label}</span>
            <input
              type="number"
              min={0}
              max={most}
              step={step ?? 1}
              value={valueOf(limits, name)}
              onInput={(event) => {
                const next = event.currentTarget.valueAsNumber;
                if (event.currentTarget.validity.valid && !Number.isNaN(next))
                  change({ ...inspection.edits.limits, [name]: next });
              }}
            />
          </label>
        ))}
      </div>
      <button type="button" disabled={limits === defaultLimits} onClick={() => change(defaultLimits)}>
        Back to the defaults
      </button>
    </>
  );
}

/** The longest wait may differ by method; the field shows the one for all others. */
function valueOf(limits: Limits, name: LimitName): number {
  const value = limits[name];
  return typeof value === 'object' ? value.default : value;
}
