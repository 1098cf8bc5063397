// The targets that were tried: a URI that a request went to is tried once.
import type { History } from '../policy/history.js';
import { uriTest } from '../sip/uri.js';

/** A client "MUST NOT add any given URI to the target set more than once" (RFC 3261 §8.1.3.4), so all are remembered. */
export function noteTarget(history: History, uri: string): History {
  if (history.targetsTried.includes(uri)) return history;
  const isTried = uriTest(uri);
  return {
    ...history,
    targetsTried: [...history.targetsTried, uri],
    targetsLeft: history.targetsLeft.filter((target) => !isTried(target)),
  };
}
