// What may stand where the schema found something else.
import type { z } from 'zod';
import { show } from '../policy/defect.js';

/** An issue as zod tells it. */
export type Issue = z.core.$ZodIssue;

/** `a whole number`, `one of UDP, TCP, TLS`, `a list that is not empty`. */
export function expectedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return used(issue) ?? TYPES.get(issue.expected) ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? show(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      if (issue.origin === 'string') return 'a text that is not empty';
      return issue.origin === 'array' ? 'a list that is not empty' : `a number from ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array' ? `at most ${issue.maximum} of them` : `a number up to ${issue.maximum}`;
    case 'invalid_union':
      return expectedByOne(issue.errors);
    case 'invalid_key':
      return expectedByOne([issue.issues]);
    default:
      return used(issue) ?? issue.message;
  }
}

/** Messages of the schema's own end with what to use. */
function used({ message }: Issue): string | undefined {
  return message.split(': use ')[1];
}

/** What any of the branches of a choice expects, by the first issue of each. */
export function expectedByOne(branches: readonly (readonly Issue[])[]): string {
  const expected = branches.flatMap(([first]) => (first === undefined ? [] : [expectedBy(first)]));
  return [...new Set(expected)].join(' or ');
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'an object'],
  ['record', 'an object'],
]);
