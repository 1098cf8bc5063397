// Lists of tokens in a header field, row by row: Require, Supported, Accept and their like (RFC 3261 §7.3.1).
import { allHeaders, replaceHeaders } from '../sip/header-list.js';
import type { Header } from '../sip/message.js';
import { readTokenList } from '../sip/token-list.js';

/** Whether one of the rows of that name lists the token, in any case. */
export function listsToken(headers: readonly Header[], name: string, token: string): boolean {
  return has(readTokenList(allHeaders(headers, name)), token);
}

/** The rows with these tokens added to the first one of that name, each once; a new row where there is none. */
export function addTokens(headers: readonly Header[], name: string, tokens: readonly string[]): readonly Header[] {
  const rows = allHeaders(headers, name);
  const listed = [...readTokenList(rows)];
  const added: string[] = [];
  for (const token of tokens) {
    if (has(listed, token)) continue;
    listed.push(token);
    added.push(token);
  }
  if (added.length === 0) return headers;
  const [first = '', ...others] = rows;
  const merged = [...(first.trim() === '' ? [] : [first]), ...added].join(', ');
  return replaceHeaders(headers, name, [merged, ...others]);
}

/** The rows without these tokens; a row that is left empty goes, too. */
export function removeTokens(headers: readonly Header[], name: string, tokens: readonly string[]): readonly Header[] {
  if (!tokens.some((token) => listsToken(headers, name, token))) return headers;
  const rows = allHeaders(headers, name).map((row) =>
    readTokenList([row])
      .filter((token) => !has(tokens, token))
      .join(', '),
  );
  return replaceHeaders(
    headers,
    name,
    rows.filter((row) => row !== ''),
  );
}

function has(tokens: readonly string[], token: string): boolean {
  const key = token.toLowerCase();
  return tokens.some((one) => one.toLowerCase() === key);
}
