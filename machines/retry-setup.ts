// The words of the chart: what its guards ask, what its actions do. They only look at the event and the record.
import { and, assign, emit, enqueueActions, setup } from 'xstate';
import { decide, type Decision } from '../src/policy/decide.js';
import type { RetryPolicy } from '../src/policy/rule.js';
import {
  composeNext,
  isComposable,
  noteDecision,
  noteProvisional,
  sendsAtOnce,
  type RequestRecord,
} from '../src/request/record.js';
import type { Materials } from '../src/request/materials.js';
import type { SipRequest } from '../src/sip/message.js';
import { SipRetryError } from '../src/sip/sip-retry-error.js';
import { noteCancelSent, noteCancelWanted, noteRefusal, noteReplacement } from '../src/request/note-lifecycle.js';
import type { Outcome } from './outcome.js';
import type { PolicyProjection, RetryGuard } from './project-policy.js';
import type { RetryEmitted, RetryEvent } from './retry-event.js';

/** What the chart begins with. */
export interface RetryInput {
  readonly request: SipRequest;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What callers ask of a state. */
export type RetryTag = 'asking' | 'settled';

/** The types, guards and actions of a chart under this policy. */
export function setUpRetry(policy: RetryPolicy, { guards }: PolicyProjection) {
  const compose = composerOf();
  const answerHelps: RetryGuard = ({ context, event }) => {
    if (!('materials' in event)) return false;
    const { asking, decision } = compose(context, event.materials);
    return asking === null && decision?.action.type !== 'giveUp';
  };
  const allGuards: { readonly [name: string]: RetryGuard } = { ...guards, ...lifecycleGuards, answerHelps };
  return setup({
    types: {
      context: {} as RequestRecord,
      events: {} as RetryEvent,
      emitted: {} as RetryEmitted,
      input: {} as RetryInput | undefined,
      output: {} as Outcome,
      tags: {} as RetryTag,
      meta: {} as { readonly rfc: string },
      transitionMeta: {} as { readonly entry: string; readonly rule: string; readonly cite: string } | { rfc: string },
    },
    guards: allGuards,
    actions: {
      // A chart that an editor starts without input has no request to send.
      send: enqueueActions(({ context, enqueue }) => {
        if (context.request.method !== '') enqueue.emit(sendOf(context));
      }),
      noteProvisional: assign(({ context, event }) =>
        'status' in event ? noteProvisional(context, event.status) : {},
      ),
      decide: assign(({ context, event }) => {
        if (!('facts' in event)) return {};
        const { facts, materials, at } = event;
        const record = noteDecision(context, facts, decide(policy, facts), at);
        return isComposable(record) ? composeNext(record, materials) : record;
      }),
      announce: emit(({ context }) => ({
        type: 'decision',
        decision: decisionIn(context),
        attempt: attemptDecidedOn(context),
        asking: context.asking,
        deadline: context.deadline,
      })),
      writeNext: assign(({ context, event }) => ('materials' in event ? compose(context, event.materials) : {})),
      noteRefusal: assign(({ context, event }) => noteRefusal(context, 'because' in event ? event.because : undefined)),
      noteReplacement: assign(({ context, event }) =>
        'request' in event ? noteReplacement(context, event.request) : {},
      ),
      noteCancelWanted: assign(({ context, event }) => ('at' in event ? noteCancelWanted(context, event.at) : {})),
      noteCancelSent: assign(({ context, event }) => ('at' in event ? noteCancelSent(context, event.at) : {})),
      sendCancel: emit(({ context }) => ({ type: 'cancel', deadline: context.deadline })),
      hangUp: emit(({ event }) => ({
        type: 'hangUp',
        status: 'facts' in event ? event.facts.status : 200,
        cite: ['RFC 3261 §9.1', 'RFC 3261 §15'],
      })),
    },
  });
}

function sendOf({ request, challenges, history, changes }: RequestRecord): Extract<RetryEmitted, { type: 'send' }> {
  return { type: 'send', request, challenges, server: history.server, attempt: history.attempts, changes };
}

/** The guard of an answer and its action ask for the same next request: it is composed once. */
function composerOf(): typeof composeNext {
  let last: { readonly record: RequestRecord; readonly materials: Materials; readonly next: RequestRecord } | undefined;
  return (record, materials) => {
    if (last?.record !== record || last.materials !== materials) {
      last = { record, materials, next: composeNext(record, materials) };
    }
    return last.next;
  };
}

const lifecycleGuards = {
  // An event without materials can only come from a program without types; it is no answer.
  isAnswered: ({ event }) => 'materials' in event,
  actionDenied: ({ context }) => context.decision?.action.type === 'giveUp',
  nextRequestWritten: ({ context }) => context.asking === null && context.deadline === null,
  // A clock that was set back never makes a wait end early.
  deadlineReached: ({ context, event }) =>
    context.deadline !== null && 'at' in event && event.at >= context.deadline.at,
  isInvite: ({ context }) => context.request.method === 'INVITE',
  isProvisionalReceived: ({ context }) => context.history.provisional !== 'none',
  'isInvite & isProvisionalReceived': and(['isInvite', 'isProvisionalReceived']),
} as const satisfies { readonly [name: string]: RetryGuard };

/** The edges announce a decision after they have made it; only a chart with other actions can come here without one. */
function decisionIn({ decision }: RequestRecord): Decision {
  if (decision !== null) return decision;
  throw new SipRetryError('badOptions', 'Nothing was decided yet; keep the actions decide and announce in this order.');
}

/** When the next request is written already, the decision was made on the attempt before it. */
function attemptDecidedOn(record: RequestRecord): number {
  const { attempts } = record.history;
  return sendsAtOnce(record) ? attempts - 1 : attempts;
}
