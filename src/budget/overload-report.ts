// What a server says of its overload in our own Via (RFC 7339 §4, §9; RFC 7415 §3.2).
import { paramOf } from '../sip/params.js';
import { topVia } from '../sip/via.js';

export type OverloadAlgorithm = 'loss' | 'rate';

/** What one response says. Without `seq` the order of responses is the order in which they came. */
export type OverloadReport = (
  | {
      /** `oc-validity=0`: no restriction, whatever `oc` says (RFC 7339 §5.7). */
      readonly says: 'free';
    }
  | {
      readonly says: 'restricted';
      /** Percent to leave out (loss), or requests a second (rate). */
      readonly oc: number;
      readonly validityMs: number;
    }
) & {
  /** Absent: the one that was agreed on. */
  readonly algorithm?: OverloadAlgorithm;
  readonly seq?: bigint;
};

/** RFC 7339 §4.3. */
const DEFAULT_VALIDITY_MS = 500;

/**
 * Reads the topmost Via of a response; undefined when the server takes no part: it gave our `oc` no value (RFC 7339
 * §4.1), or chose an algorithm that we did not offer. A parameter that is malformed counts as absent.
 */
export function readOverloadReport(topViaValue: string): OverloadReport | undefined {
  const params = topVia([['Via', topViaValue]])?.params ?? [];
  const oc = readWhole(paramOf(params, 'oc') ?? '');
  const validityMs = readWhole(paramOf(params, 'oc-validity') ?? '') ?? DEFAULT_VALIDITY_MS;
  const algorithm = readChoice(paramOf(params, 'oc-algo') ?? '');
  const seq = readSeq(paramOf(params, 'oc-seq') ?? '');
  if (algorithm === 'unknown') return undefined;
  const about = { ...(algorithm === undefined ? {} : { algorithm }), ...(seq === undefined ? {} : { seq }) };
  if (validityMs === 0) return { says: 'free', ...about };
  // RFC 7339 §4.3: without oc, a validity other than 0 must be discarded.
  return oc === undefined ? undefined : { says: 'restricted', oc, validityMs, ...about };
}

/** RFC 7339 §5.1: the chosen algorithm is the sole value. A list is our own offer come back, not a choice. */
function readChoice(text: string): OverloadAlgorithm | 'unknown' | undefined {
  const choice = text.trim().toLowerCase();
  if (choice === 'loss' || choice === 'rate') return choice;
  return /^[a-z0-9]+$/.test(choice) ? 'unknown' : undefined;
}

function readWhole(digits: string): number | undefined {
  return /^[0-9]+$/.test(digits) ? Number(digits) : undefined;
}

/** §9 writes two numbers with a point between, §4.4 says unsigned integer: both are read, as hundred-thousandths. */
function readSeq(text: string): bigint | undefined {
  const match = /^([0-9]{1,12})(?:\.([0-9]{1,5}))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = ''] = match;
  return BigInt(whole + fraction.padEnd(5, '0'));
}
