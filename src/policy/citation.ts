// Where a rule comes from: a section of an RFC, or a judgement of this project where the RFCs leave a choice.

/** `'RFC 3261 §21.4.17'`, `'local'`, or `'local: why'` where the RFCs are silent. */
export type Citation = `RFC ${number} §${string}` | 'local' | `local: ${string}`;
