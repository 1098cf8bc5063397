// What changed between a request and the one that follows it: a stack that owns its CSeq applies only these.
import { allHeaders, canonicalName } from '../sip/header-list.js';
import type { Header, SipRequest } from '../sip/message.js';

/** One change, in the words of the message: a header field by its name, or a part of the start line or the body. */
export interface Change {
  /** `'Request-URI'`, `'Body'`, or the name of a header field in its usual spelling. */
  readonly what: string;
  /** The values before, row by row; empty when it was not there. */
  readonly before: readonly string[];
  /** The values after; empty when it is gone. */
  readonly after: readonly string[];
}

/**
 * What is different, the Request-URI first and the body last. Between them the header fields: those of the new request
 * in its order, then those that are gone. Values are whole, credentials included: who shows them masks them.
 */
export function changesBetween(before: SipRequest, after: SipRequest): readonly Change[] {
  const changes: Change[] = [];
  if (before.uri !== after.uri) changes.push({ what: 'Request-URI', before: [before.uri], after: [after.uri] });
  for (const written of touchedNames(before.headers, after.headers)) {
    const what = canonicalName(written);
    const [was, is] = [allHeaders(before.headers, what), allHeaders(after.headers, what)];
    if (!areSame(was, is) && !changes.some((change) => change.what === what))
      changes.push({ what, before: was, after: is });
  }
  if (before.body !== after.body) {
    changes.push({ what: 'Body', before: partOf(before.body), after: partOf(after.body) });
  }
  return changes;
}

/** A rewritten list shares the rows that did not change, so that the others stand out without a look at their text. */
function touchedNames(before: readonly Header[], after: readonly Header[]): ReadonlySet<string> {
  const names = new Set<string>();
  const gone: Header[] = [];
  let next = 0;
  for (const row of after) {
    const at = before[next] === row ? next : before.indexOf(row, next);
    if (at < 0) names.add(row[0]);
    else {
      for (; next < at; next++) gone.push(...before.slice(next, next + 1));
      next = at + 1;
    }
  }
  for (const [name] of [...gone, ...before.slice(next)]) names.add(name);
  return names;
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

function partOf(body: string): readonly string[] {
  return body === '' ? [] : [body];
}
