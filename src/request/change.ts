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
 * What is different, in the order of the message: the Request-URI, the header fields (one that is gone where it was),
 * the body. Values are whole, credentials included: who shows them masks them.
 */
export function changesBetween(before: SipRequest, after: SipRequest): readonly Change[] {
  const changes: Change[] = [];
  if (before.uri !== after.uri) changes.push({ what: 'Request-URI', before: [before.uri], after: [after.uri] });
  for (const what of touchedNames(before.headers, after.headers)) {
    const was = allHeaders(before.headers, what);
    const is = allHeaders(after.headers, what);
    if (!areSame(was, is)) changes.push({ what, before: was, after: is });
  }
  if (before.body !== after.body) {
    changes.push({ what: 'Body', before: partOf(before.body), after: partOf(after.body) });
  }
  return changes;
}

/** A rewritten list shares the rows that did not change, so that the others stand out without a look at their text. */
function touchedNames(before: readonly Header[], after: readonly Header[]): Iterable<string> {
  return namesInPlace(before, after) ?? namesAnywhere(before, after);
}

/** The usual case, which saves a quarter of the time: rows have other values, and all stand where they stood. */
function namesInPlace(before: readonly Header[], after: readonly Header[]): readonly string[] | undefined {
  const names: string[] = [];
  let at = -1;
  for (const row of after) {
    at += 1;
    const was = before[at];
    if (was === row) continue;
    if (was === undefined) return undefined;
    const name = canonicalName(row[0]);
    if (was[0] !== row[0] && canonicalName(was[0]) !== name) return undefined;
    if (!names.includes(name)) names.push(name);
  }
  return before.length === after.length ? names : undefined;
}

function namesAnywhere(before: readonly Header[], after: readonly Header[]): ReadonlySet<string> {
  const names = new Set<string>();
  let next = 0;
  for (const row of after) {
    const at = before[next] === row ? next : before.indexOf(row, next);
    if (at < 0) names.add(canonicalName(row[0]));
    else {
      if (at > next) for (const gone of before.slice(next, at)) names.add(canonicalName(gone[0]));
      next = at + 1;
    }
  }
  for (const gone of before.slice(next)) names.add(canonicalName(gone[0]));
  return names;
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

function partOf(body: string): readonly string[] {
  return body === '' ? [] : [body];
}
