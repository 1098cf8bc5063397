// From the policy to the chart: one edge per row out of `pending`, and every condition as a named guard.
import { and } from 'xstate';
import { titleOf } from '../src/policy/entry-title.js';
import { actionStates, type RetryState } from '../src/policy/action-state.js';
import { conditions, isConditionName, type ConditionName } from '../src/policy/condition.js';
import { conditionOf } from '../src/policy/decide.js';
import { fallbackKeys, readEntryKey } from '../src/policy/entry-key.js';
import type { Facts } from '../src/policy/facts.js';
import type { Impact } from '../src/policy/impact.js';
import { lookUp } from '../src/policy/look-up.js';
import type { RetryPolicy, Rule, RuleId, StatusEntry } from '../src/policy/rule.js';
import type { Citation } from '../src/policy/citation.js';
import { eventTypeOf } from '../src/sip/status-class.js';
import type { RequestRecord } from '../src/request/record.js';
import type { RetryEvent } from './retry-event.js';

/** A named guard of the chart. */
export type RetryGuard = (
  args: { readonly context: RequestRecord; readonly event: RetryEvent },
  params: undefined,
) => boolean;

/** One edge of the chart: one row of the table. Plain data. */
export interface PolicyEdge {
  /** The conditions of the row, joined; absent in a row without any. */
  readonly guard?: string;
  readonly target: string;
  readonly actions: readonly ['decide', 'announce'];
  readonly description: string;
  readonly meta: { readonly entry: string; readonly rule: RuleId; readonly cite: Citation };
}

/** The edges out of `pending` by event type, and the guards they name. */
export interface PolicyProjection {
  readonly edges: { readonly [eventType: string]: readonly PolicyEdge[] };
  readonly guards: { readonly [name: string]: RetryGuard };
}

export interface ProjectionOptions {
  /** Draw no edges of their own for codes that go the ways of their class: the same chart in fewer lines. Default: false. */
  readonly compact?: boolean;
}

/**
 * The policy as edges and guards of a chart.
 *
 * An unknown code has no event type of its own and falls to `response.4xx.*`: the wildcard is RFC 3261 §8.1.3.2. A
 * timeout is treated as 408 and a transport error as 503 (§8.1.3.1).
 */
export function projectPolicy(policy: RetryPolicy, { compact = false }: ProjectionOptions = {}): PolicyProjection {
  const edges = Object.fromEntries(
    sourcesOf(policy, compact).map(({ event, entries, preface }) => [
      event,
      entries.flatMap((entry) => edgesOf(entry, preface)),
    ]),
  );
  return { edges, guards: guardsOf(policy, Object.values(edges).flat()) };
}

/** An entry under its key, and the method it is restricted to. */
interface KeyedEntry {
  readonly key: string;
  readonly method: string | undefined;
  readonly entry: StatusEntry;
}

/** One event type and the entries that speak for it, in the order in which they are asked. */
interface EdgeSource {
  readonly event: string;
  readonly entries: readonly KeyedEntry[];
  readonly preface?: string;
}

function sourcesOf(policy: RetryPolicy, compact: boolean): readonly EdgeSource[] {
  const codes = statusesOf(policy).filter((status) => !compact || !goesTheWayOfItsClass(policy, status));
  return [
    ...codes.map((status) => ({ event: eventTypeOf(status), entries: entriesFor(policy, status) })),
    ...fallbackKeys.map((key) => ({
      event: `response.${key}.*`,
      entries: [{ key, method: undefined, entry: policy.entries[key] }],
      preface: 'any other ',
    })),
    { event: 'transaction.timeout', entries: orClass(policy, 408), preface: 'timeout, treated as ' },
    { event: 'transport.error', entries: orClass(policy, 503), preface: 'transport error, treated as ' },
  ];
}

/** The codes that have an entry, for all methods or for one. */
function statusesOf({ entries }: RetryPolicy): readonly number[] {
  const codes = Object.keys(entries)
    .map(readEntryKey)
    .filter((parts) => parts?.isClass === false);
  return [...new Set(codes.map((parts) => parts?.status ?? 0))].sort((one, other) => one - other);
}

/** The entries of a code: those for one method first. */
function entriesFor({ entries }: RetryPolicy, status: number): readonly KeyedEntry[] {
  const keyed = Object.entries(entries).flatMap(([key, entry]): KeyedEntry[] => {
    const parts = readEntryKey(key);
    return parts === undefined || parts.isClass || parts.status !== status
      ? []
      : [{ key, method: parts.method, entry }];
  });
  return [...keyed.filter(({ method }) => method !== undefined), ...keyed.filter(({ method }) => method === undefined)];
}

/** The same for an event that has no wildcard to fall to. */
function orClass(policy: RetryPolicy, status: number): readonly KeyedEntry[] {
  const own = entriesFor(policy, status);
  const { key, entry } = lookUp(policy, '', status);
  return own.some((keyed) => keyed.key === key) ? own : [...own, { key, method: undefined, entry }];
}

function edgesOf({ key, method, entry }: KeyedEntry, preface = ''): readonly PolicyEdge[] {
  const subject = `${preface}${method === undefined ? '' : `${method} `}${codeIn(key)} ${titleOf(key, entry).phrase}`;
  return entry.rules.map((rule, row) => {
    const guard = guardNameOf(rule, method);
    return {
      ...(guard === undefined ? {} : { guard }),
      target: targetOf[actionStates[rule.do]],
      actions: ['decide', 'announce'],
      description: `${subject} → ${rule.do}${rule.because === undefined ? '' : ` ${rule.because}`} (${rule.cite})`,
      meta: { entry: key, rule: `${key}#${row + 1}`, cite: rule.cite },
    };
  });
}

const codeIn = (key: string): string => key.slice(key.indexOf(' ') + 1);

const targetOf: { readonly [K in RetryState]: string } = {
  accepted: 'accepted',
  gaveUp: 'gaveUp',
  authenticating: 'recovering.authenticating',
  adjusting: 'recovering.adjusting',
  askingUser: 'recovering.askingUser',
  waiting: 'recovering.waiting',
  extendingDigits: 'recovering.extendingDigits',
  choosingTarget: 'recovering.choosingTarget',
  tryingOtherServer: 'recovering.tryingOtherServer',
  tryingOtherTarget: 'recovering.tryingOtherTarget',
};

const AND = ' & ';
const METHOD = 'method ';

function guardNameOf({ when }: Rule, method: string | undefined): string | undefined {
  const names: readonly string[] = [...(method === undefined ? [] : [METHOD + method]), ...(when ?? [])];
  return names.length === 0 ? undefined : names.join(AND);
}

/** Every condition under its name, and every conjunction under its own: `provide` on one condition reaches every edge. */
function guardsOf(policy: RetryPolicy, edges: readonly PolicyEdge[]): { readonly [name: string]: RetryGuard } {
  const joined = new Set(edges.map(({ guard }) => guard).filter((guard) => guard !== undefined));
  const single = new Set([...joined].flatMap((name) => name.split(AND)));
  const guards: { [name: string]: RetryGuard } = {};
  for (const name of single) guards[name] = guardOf(policy, name);
  for (const name of joined) if (!single.has(name)) guards[name] = and(name.split(AND));
  return guards;
}

function guardOf(policy: RetryPolicy, name: string): RetryGuard {
  if (isConditionName(name)) return conditionGuard(policy, name);
  const method = name.slice(METHOD.length);
  return ({ event }) => 'facts' in event && event.facts.request.method === method;
}

/** A condition over the facts of the event. Where it looks at the entry's column, that is the entry which decides. */
function conditionGuard(policy: RetryPolicy, name: ConditionName): RetryGuard {
  const holds = conditionOf(policy, name);
  // Hardly any condition of the vocabulary looks at the column, and to find it costs more than they do.
  const column = holds === conditions[name] && holds.length < 2 ? () => NO_COLUMN : columnOf(policy);
  return ({ event }) => 'facts' in event && holds(event.facts, column(event.facts));
}

/** What a condition is given that asks for no column. */
const NO_COLUMN: Impact = 'transaction';

function columnOf(policy: RetryPolicy): (facts: Facts) => Impact {
  return ({ request, status }) => lookUp(policy, request.method, status).entry.impact;
}

/** Whether the rows of this code are drawn like those of its class: the same conditions leading to the same actions. */
function goesTheWayOfItsClass(policy: RetryPolicy, status: number): boolean {
  const drawn = ({ rules }: StatusEntry): string => JSON.stringify(rules.map((rule) => [rule.when, rule.do]));
  const ofClass = drawn(lookUp(policy, '', Math.floor(status / 100) * 100 + 99).entry);
  return entriesFor(policy, status).every(({ entry }) => drawn(entry) === ofClass);
}
