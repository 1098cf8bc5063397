// What servers have said of credentials, kept beyond the request (RFC 3261 §22.1: no re-attempt "with the credentials that have just been rejected").
import { unescape } from '../sip/quoted-string.js';
import { BoundedMap } from './bounded-map.js';
import type { Credentials } from './credentials.js';

/** Credentials in one protection space, without their secret: plain data that may be stored with a request. */
export interface CredentialUse {
  readonly kind: 'user' | 'proxy';
  /** As received inside the quotes, escapes kept. */
  readonly realm: string;
  readonly username: string;
  /** A number for the password or HA1: another one means that it was changed. Comparable within one keyring only. */
  readonly version: number;
}

export type Verdict = 'accepted' | 'rejected';

const VERDICTS_KEPT = 256;
const VERSIONS_KEPT = 64;

export class Verdicts {
  readonly #verdicts = new BoundedMap<Verdict>(VERDICTS_KEPT);
  readonly #versions = new BoundedMap<number>(VERSIONS_KEPT);
  #latest = 0;

  versionOf({ password, ha1 }: Credentials): number {
    const fingerprint = JSON.stringify([password?.reveal(), ha1?.reveal()]);
    const known = this.#versions.get(fingerprint);
    if (known !== undefined) return known;
    this.#latest += 1;
    this.#versions.set(fingerprint, this.#latest);
    return this.#latest;
  }

  of(use: CredentialUse): Verdict | undefined {
    return this.#verdicts.get(keyOf(use));
  }

  note(use: CredentialUse, verdict: Verdict): void {
    this.#verdicts.set(keyOf(use), verdict);
  }
}

function keyOf({ kind, realm, username, version }: CredentialUse): string {
  return JSON.stringify([kind, unescape(realm), username, version]);
}
