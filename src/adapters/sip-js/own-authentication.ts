// SIP.js's own answer to 401 and 407, kept from one request and from nothing else.
import type { SipJsCore, SipJsIncoming } from './stack.js';

/**
 * A view of the core in which there are no credentials while `isOurs`, so that SIP.js hands on a challenge instead of
 * answering it. The core itself is not changed: other requests of the user agent authenticate as before, and so does the
 * session of an accepted INVITE.
 */
export function withoutOwnAuthentication<Accepted extends SipJsIncoming, Progress extends SipJsIncoming>(
  core: SipJsCore<Accepted, Progress>,
  isOurs: () => boolean,
): SipJsCore<Accepted, Progress> {
  const authenticationFactory = (): unknown => (isOurs() ? undefined : core.configuration.authenticationFactory());
  return seenWith(core, 'configuration', () =>
    seenWith(core.configuration, 'authenticationFactory', () => authenticationFactory),
  );
}

/** The same object, but for one property. */
function seenWith<T extends object, K extends keyof T>(object: T, name: K, value: () => T[K]): T {
  return new Proxy(object, {
    get: (target, property, receiver): unknown =>
      property === name ? value() : Reflect.get(target, property, receiver),
  });
}
