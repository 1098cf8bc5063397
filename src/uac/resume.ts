// What a core must know of a request that an earlier process had begun.
import { ceilingKeyOf } from './request-place.js';
import type { UacCore } from './uac-core.js';
import type { UacSnapshot } from './uac-snapshot.js';

/** What went before: how many attempts were sent, and since when (on this clock) the request has been waiting. */
export interface Resumption {
  readonly sent: number;
  readonly waitingSince: number;
}

/** Nobody knows what else the earlier process sent: the allowance of this request counts as used up now. */
export function resume(
  { held, retry }: UacSnapshot,
  { environment, ceilings }: UacCore,
  servers: readonly string[] | undefined,
): Resumption {
  const { clock } = environment;
  const { request, history } = retry.record;
  ceilings.empty(ceilingKeyOf(request, history.server ?? servers?.[0]));
  return {
    sent: held ? history.attempts - 1 : history.attempts,
    waitingSince: clock.now() - Math.max(0, clock.date() - retry.savedAt),
  };
}
