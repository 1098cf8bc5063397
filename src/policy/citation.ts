// Where a rule comes from: a section of an RFC, or a judgement of this project where the RFCs leave a choice.

/** `'RFC 3261 §21.4.17'`, `'local'`, or `'local: why'` where the RFCs are silent. */
export type Citation = `RFC ${number} §${string}` | 'local' | `local: ${string}`;

/** What a citation looks like, as a pattern that JSON Schema can use too. */
export const CITATION_PATTERN = '^(?:RFC [1-9][0-9]* §[^\\s].*|local|local: [^\\s].*)$';

export function isCitation(text: string): text is Citation {
  return CITATION.test(text);
}

const CITATION = new RegExp(CITATION_PATTERN);
