// A request as it begins: with what the core has learned before, so that it draws no refusal that others have drawn already.
import type { Keyring, RealmOfKind } from '../digest/keyring.js';
import type { SipRequest } from '../sip/message.js';
import { applyLearned, type Remark } from './apply-learned.js';
import { authorizeAhead } from './learned-credentials.js';
import type { UacCore } from './uac-core.js';

/** A request that is about to begin. */
export interface Prepared {
  readonly request: SipRequest;
  /** As the application gave it. */
  readonly original: SipRequest;
  /** The realms whose credentials it carries without having been asked. */
  readonly acceptedRealms: readonly RealmOfKind[];
  readonly remarks: readonly Remark[];
}

/**
 * The request with what was learned. Credentials go into it where they are at hand; a provider that takes its time is asked
 * when the server asks.
 */
export function prepared(original: SipRequest, { learned, environment }: UacCore, keyring: Keyring): Prepared {
  const known = learned.for(original);
  const { request, remarks } = applyLearned(original, known);
  const bare = { request, original, acceptedRealms: [], remarks };
  if (known.challenges.length === 0) return bare;
  const ahead = authorizeAhead(request, known.challenges, keyring, environment.token());
  return ahead instanceof Promise ? bare : { ...bare, ...ahead };
}
