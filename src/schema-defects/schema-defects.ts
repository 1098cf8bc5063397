// What is wrong in a file that a schema has refused, in the words of who wrote it: where, what stands there, what was expected.
import type { z } from 'zod';
import { show } from '../policy/defect.js';
import { nearestName } from '../policy/near-miss.js';
import { expectedBy, expectedByOne, type Issue } from './expected-by.js';
import { memberAt, pathText, stepsOf, type MemberPath } from './member-path.js';
import { SchemaShapes } from './schema-shapes.js';

/** One defect. */
export interface SchemaDefect {
  readonly path: MemberPath;
  /** `servers[0].port is 99999`. */
  readonly found: string;
  /** `a number up to 65535`. */
  readonly expected: string;
}

/** How the values of a schema are told of. */
export interface Telling {
  /** What a value is called: `the scenario`. */
  readonly whole: string;
  /** What may stand beside members with these names, where any name is allowed. */
  readonly beside?: (names: readonly string[]) => readonly string[];
}

/** Tells the defects of the values of one schema. */
export class SchemaDefects {
  readonly #shapes: SchemaShapes;
  readonly #telling: Telling;

  constructor(schema: z.ZodType, telling: Telling) {
    this.#shapes = new SchemaShapes(schema);
    this.#telling = telling;
  }

  /** The defects that the issues stand for: first what nobody knows, then what may be missing because it was misspelt. */
  of(issues: readonly Issue[], value: unknown): readonly SchemaDefect[] {
    return this.#ofAll(issues, value, []);
  }

  #ofAll(issues: readonly Issue[], value: unknown, around: MemberPath): readonly SchemaDefect[] {
    const strangers = issues.filter(({ code }) => code === 'unrecognized_keys');
    const others = issues.filter(({ code }) => code !== 'unrecognized_keys');
    return [...strangers, ...others].flatMap((issue) => this.#ofIssue(issue, value, around));
  }

  #ofIssue(issue: Issue, value: unknown, around: MemberPath): readonly SchemaDefect[] {
    const path = [...around, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => this.#stranger(path, key, value));
      case 'invalid_union':
        return [this.#ofUnion(issue, value, path)];
      case 'custom':
        return [this.#ofMessage(issue.message, value, path)];
      case 'invalid_key':
        return [{ path, found: `${this.#text(path)} has a name that cannot be used`, expected: expectedBy(issue) }];
      default:
        return [{ path, found: this.#found(value, path), expected: expectedBy(issue) }];
    }
  }

  #stranger(path: MemberPath, key: string, value: unknown): SchemaDefect {
    const names = this.#shapes.namesAt(path, value);
    const rivals = names.includes(key) ? this.#shapes.rivalsAt(path, value, key) : [];
    if (rivals.length > 0) {
      const found = `${this.#text([...path, key])} stands beside ${rivals.join(' and ')}`;
      return { path: [...path, key], found, expected: 'one of them' };
    }
    const near = nearestName(key, names);
    const guess = near === undefined ? '' : ` (did you mean "${near}"?)`;
    const whole = [...path, key];
    const known = [...names, ...(this.#telling.beside?.(names) ?? [])];
    return {
      path: whole,
      found: `${this.#text(whole)} is an unknown key${guess}`,
      expected: `one of ${known.join(', ')}`,
    };
  }

  /** Of a choice, the branch that fits best speaks. */
  #ofUnion(issue: Extract<Issue, { code: 'invalid_union' }>, value: unknown, path: MemberPath): SchemaDefect {
    const branches = issue.errors.filter((issues) => issues.length > 0);
    const deeper = branches.filter(
      ([first]) => first !== undefined && (first.path.length > 0 || first.code === 'unrecognized_keys'),
    );
    const [best] = [...deeper].sort((one, other) => one.length - other.length);
    const [defect] = best === undefined ? [] : this.#ofAll(best, value, path);
    if (defect !== undefined) return defect;
    const expected =
      branches.length === 0 ? `one of ${this.#shapes.typesAt(path).join(', ')}` : expectedByOne(branches);
    return { path, found: this.#found(value, path), expected };
  }

  /** Messages of the schema's own end with what to use; so do those of the policy and the limits, whose path is one step. */
  #ofMessage(message: string, value: unknown, path: MemberPath): SchemaDefect {
    const [before = '', expected = 'something else'] = message.split(/[:;] use /);
    // Of a whole that does not fit together, the message says what is there: `Invalid server with both: use …`.
    const [, whole] = /^Invalid \w+ (with .*)$/.exec(before) ?? [];
    if (whole !== undefined) return { path, found: `${this.#text(path)} is one ${whole}`, expected };
    if (!before.startsWith('is ')) return { path, found: this.#found(value, path), expected };
    const steps = path.flatMap((step) => (typeof step === 'number' ? [step] : stepsOf(step)));
    return { path: steps, found: `${this.#text(steps)} ${before}`, expected };
  }

  #found(value: unknown, path: MemberPath): string {
    return `${this.#text(path)} is ${shown(memberAt(value, path), path)}`;
  }

  #text(path: MemberPath): string {
    return pathText(path, this.#telling.whole);
  }
}

/** What stands there; of credentials nothing is ever shown. */
function shown(found: unknown, path: MemberPath): string {
  if (found === undefined) return 'missing';
  // What is inside an object may be a secret, and its own members are told of by themselves.
  if (typeof found === 'object' && found !== null) return Array.isArray(found) ? 'a list' : 'an object';
  return path.some((step) => step === 'credentials' || step === 'users') ? 'not usable' : show(found);
}
