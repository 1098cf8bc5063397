// Security-Server, Security-Client, Security-Verify (RFC 3329 §2.2): mechanisms with preferences.

import { paramOf, readParams, type Param } from './params.js';
import { readQValue } from './q-value.js';
import { splitOutside } from './split-outside.js';
import { readTokenList } from './token-list.js';

/** One security mechanism. */
export interface SecurityMechanism {
  /** In lower case: `digest`, `tls`, `ipsec-ike`, `ipsec-man` or another token. */
  readonly mechanism: string;
  /** The greater the more preferred (§2.2); 0 when absent or malformed, below every mechanism that states one. */
  readonly q: number;
  readonly params: readonly Param[];
  /** As it was written, to be mirrored in Security-Verify (§2.3.1). */
  readonly raw: string;
}

/** The mechanisms of all rows, in order. */
export function readSecurityMechanisms(values: readonly string[]): readonly SecurityMechanism[] {
  return readTokenList(values).map((raw) => {
    const [mechanism = '', ...tail] = splitOutside(raw, ';');
    const params = readParams(tail);
    return {
      mechanism: mechanism.trim().toLowerCase(),
      q: readQValue(paramOf(params, 'q') ?? '') ?? 0,
      params,
      raw,
    };
  });
}
