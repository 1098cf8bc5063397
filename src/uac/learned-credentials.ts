// Credentials before anybody asks for them (RFC 3261 §22.2, §22.3): the nonce that was learned is used once more.
import type { Credentials } from '../digest/credentials.js';
import type { Keyring, RealmOfKind } from '../digest/keyring.js';
import { answersOneOf, withCredentials } from '../request/credential-rows.js';
import type { Challenge } from '../sip/challenge.js';
import type { SipRequest } from '../sip/message.js';

/** A request that carries credentials of its own accord. */
export interface AuthorizedAhead {
  readonly request: SipRequest;
  /** The realms of these credentials, for `Client.acceptedRealms`: a new nonce then means an old one, no wrong password. */
  readonly acceptedRealms: readonly RealmOfKind[];
}

/**
 * The request with credentials for what was challenged before, each nonce counted once more. Only credentials that a
 * server has accepted go out unasked: whether others are right is found out by one guess, when it is asked for.
 * A realm for which the request carries credentials already is left alone.
 * @param token unguessable text of [0-9a-z], as for `Keyring.authorize`.
 */
export function authorizeAhead(
  request: SipRequest,
  challenges: readonly Challenge[],
  keyring: Keyring,
  token: string,
): AuthorizedAhead | Promise<AuthorizedAhead> {
  const open = challenges.filter((challenge) => !request.headers.some((row) => answersOneOf(row, [challenge])));
  // The keyring tells from its own memory which were accepted, so that a provider is asked about no others.
  const { acceptedRealms } = keyring.verdictsOn(open);
  const known = open.filter(({ kind, realm = '' }) =>
    acceptedRealms.some((one) => one.kind === kind && one.realm === realm),
  );
  const found = known.map((challenge) => findIn(keyring, challenge));
  const authorize = (credentials: readonly (Credentials | undefined)[]): AuthorizedAhead => {
    // A provider may have others by now, which nobody has accepted yet.
    const usable = known.filter((challenge, index) => {
      const given = credentials[index];
      return given !== undefined && keyring.isAccepted(keyring.useOf(challenge, given));
    });
    const rows = keyring.authorize(request, usable, (challenge) => credentials[known.indexOf(challenge)], token);
    if (rows.length === 0) return { request, acceptedRealms: [] };
    return {
      request: withCredentials(request, [...request.headers, ...rows]),
      acceptedRealms: usable.map(({ kind, realm = '' }) => ({ kind, realm })),
    };
  };
  const atHand = found.filter(isNoPromise);
  if (atHand.length === found.length) return authorize(atHand);
  return Promise.all(found.map((credentials) => Promise.resolve(credentials))).then(authorize);
}

type Found = Credentials | undefined | Promise<Credentials | undefined>;

/** A provider that fails is asked again when the server asks: then its exception has somebody to go to. */
function findIn(keyring: Keyring, challenge: Challenge): Found {
  try {
    const found = keyring.find(challenge);
    return isPromise(found) ? found.catch(() => undefined) : found;
  } catch {
    return undefined;
  }
}

function isPromise(found: Found): found is Promise<Credentials | undefined> {
  return found instanceof Promise;
}

function isNoPromise(found: Found): found is Credentials | undefined {
  return !isPromise(found);
}
