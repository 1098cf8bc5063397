// Who may speak to the inspector: pages of its own origin, with its token. Everything else is refused.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export class Admission {
  /** 128 bits. */
  readonly token = randomBytes(16).toString('base64url');
  readonly #digest = digestOf(this.token);
  #hosts: readonly string[] = [];

  /** The port is known once the server listens. */
  listensOn(port: number): void {
    const names = ['127.0.0.1', 'localhost'];
    // A browser leaves the port of HTTP out (Fetch Standard, "serialize a URL"; RFC 9110 §4.2.3).
    this.#hosts = [...names.map((name) => `${name}:${port}`), ...(port === HTTP_PORT ? names : [])];
  }

  /** A name that somebody else has pointed at this machine (DNS rebinding) is in the Host header field. */
  isOwnHost({ host }: IncomingHttpHeaders): boolean {
    return host !== undefined && this.#hosts.includes(host.toLowerCase());
  }

  /** A browser names the origin of what asks; whoever names none is no page. */
  isOwnOrigin({ origin }: IncomingHttpHeaders): boolean {
    return origin === undefined || this.#hosts.some((host) => origin.toLowerCase() === `http://${host}`);
  }

  /** An application that is developed on this machine comes from a port of its own. */
  isLocalOrigin({ origin }: IncomingHttpHeaders): boolean {
    return origin === undefined || /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(origin);
  }

  /** Takes the same time whatever is wrong with it. */
  isToken(given: unknown): boolean {
    return timingSafeEqual(digestOf(typeof given === 'string' ? given : ''), this.#digest);
  }
}

const HTTP_PORT = 80;

function digestOf(text: string) {
  return createHash('sha256').update(text).digest();
}
