// A walk over everything that one logical request can come to, breadth first, with what every step must keep.
import { decide, type Decision } from '../../../src/policy/decide.js';
import { factsOf } from '../../../src/policy/facts-of.js';
import type { Client } from '../../../src/policy/facts.js';
import type { Limits } from '../../../src/policy/limits.js';
import type { RetryPolicy } from '../../../src/policy/rule.js';
import type { Answer } from '../../../src/request/materials.js';
import { noteRefusal } from '../../../src/request/note-lifecycle.js';
import {
  beginRecord,
  composeNext,
  noteDecision,
  noteProvisional,
  type RequestRecord,
} from '../../../src/request/record.js';
import type { SipRequest } from '../../../src/sip/message.js';
import { brokenBy, type Step } from './promises.js';
import type { OutcomeClass } from './outcome-classes.js';

export interface Walked {
  readonly states: readonly RequestRecord[];
  readonly transitions: number;
  /** Steps that end the request. */
  readonly ends: number;
  /** The most attempts on any path. */
  readonly longest: number;
  readonly faults: readonly string[];
  /** How often each action was taken. */
  readonly actions: ReadonlyMap<string, number>;
}

export interface WalkOptions {
  readonly policy: RetryPolicy;
  readonly client: Client;
  readonly limits: Limits;
  readonly classes: readonly OutcomeClass[];
}

/** Visits every state that can be reached from this request. */
export function walk(request: SipRequest, options: WalkOptions): Walked {
  const first = beginRecord(request, 0);
  const states = new Map([[keyOf(first), first]]);
  const faults = new Set<string>();
  const actions = new Map<string, number>();
  let transitions = 0;
  let ends = 0;
  let longest = 1;
  // A map can grow while it is walked through: what is added is visited later.
  for (const record of states.values()) {
    for (const outcomeClass of options.classes) {
      for (const step of stepsFrom(record, outcomeClass, options)) {
        transitions += 1;
        const { type } = step.decision.action;
        actions.set(type, (actions.get(type) ?? 0) + 1);
        for (const fault of brokenBy(step, options)) faults.add(`${step.facts.status} ${type}: ${fault}`);
        if (step.after === undefined) {
          ends += 1;
          continue;
        }
        longest = Math.max(longest, step.after.history.attempts);
        const key = keyOf(step.after);
        if (!states.has(key)) states.set(key, step.after);
      }
    }
  }
  return { states: [...states.values()], transitions, ends, longest, faults: [...faults], actions };
}

/** Everything that a decision, or the next request, can depend on; what only has to be new each time is left out. */
function keyOf({ request, challenges, history }: RequestRecord): string {
  const { method, uri, headers, body } = request;
  return JSON.stringify([method, uri, headers.filter(([name]) => !NEW_EACH_TIME.has(name)), body, challenges, history]);
}

const NEW_EACH_TIME: ReadonlySet<string> = new Set(['Via', 'CSeq']);

function* stepsFrom(
  pending: RequestRecord,
  { provisional, outcome }: OutcomeClass,
  { policy, client, limits }: WalkOptions,
): Generator<Step> {
  let before = pending;
  for (const status of provisional) before = noteProvisional(before, status);
  // The least chance gives the shortest wait: the delay only grows with it.
  const facts = factsOf(before.request, outcome, before.history, { client, limits, random: 0 });
  const decision: Decision = decide(policy, facts);
  const noted = noteDecision(before, facts, decision, 0);
  const step = { before, facts, decision };
  if (isEnd(noted)) {
    yield { ...step, after: undefined };
    return;
  }
  for (const answer of noted.asking === null ? [{}] : answersTo(noted)) {
    const next = answer === undefined ? noteRefusal(noted) : composeNext(noted, { ...answer, token: 'newtoken' });
    yield { ...step, after: isEnd(next) ? undefined : { ...next, decision: null, changes: [], deadline: null } };
  }
}

function isEnd({ decision }: RequestRecord): boolean {
  return decision?.action.type === 'giveUp' || decision?.action.type === 'accept';
}

/** What helps, what does not, and no answer. */
function answersTo({ asking, decision, request }: RequestRecord): readonly (Answer | undefined)[] {
  switch (asking) {
    case 'digits':
      return [{ digits: '1' }, { digits: '' }, undefined];
    case 'target': {
      const choices = decision?.action.type === 'chooseTarget' ? decision.action.choices : [];
      return [...choices.map((target) => ({ target })), { target: request.uri }, undefined];
    }
    case 'body':
      return [
        { body: { type: 'text/plain', content: 'x' } },
        { body: { type: 'application/sdp', content: request.body } },
        { body: null },
        {},
        undefined,
      ];
    case 'headers':
      return [
        { headers: [['Referred-By', '<sip:alice@example.com>']] },
        { headers: [['Identity', 'x']] },
        { headers: [['Geolocation', '<cid:x@example.com>']] },
        {},
        undefined,
      ];
    default:
      return [{}, undefined];
  }
}
