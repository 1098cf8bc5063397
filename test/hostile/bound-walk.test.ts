// The bounds of one request, and of several on one core, by visiting every state instead of trying some.
//
// One request. Exhaustive: every registered code from 300 on and one that is unknown of each class, with those header
// fields that its rows look at (Retry-After 0, 60 s, endless; challenges of two realms with two nonces, stale or not;
// minimum intervals; option-tags; targets; content types …), with and without ringing, timeout, transport error,
// restart, acceptance; and each answer of the application that helps, does not help, or is refused. After each of them
// the walk goes on from every state that differs in anything a decision or the next request can depend on.
// Abstracted: a number or a text stands for its class (two nonces for all nonces); chance is 0, so that every wait is
// the shortest; the CSeq number, branches and tokens, which are new each time, are no part of a state; the keyring
// knows nothing of earlier requests; time passes only in waits. With every class the walk is 3 attempts deep; with
// some that change a request in turn it goes to the default limit of 8.
//
// Several requests. Exhaustive: every order of beginning, answering (a wait, a correction, silence), cancelling, the
// passing of time from deadline to deadline, and one death of the process, from which all are resumed; within the
// number of states that the test names. States are told apart by what each request has done, who is held for what in
// which order, what began in the last minute, all that is awaited, the quarantine and the retry budget. Chance is 0.
import { describe, expect, it } from 'vitest';
import { transition } from 'xstate';
import { createRetryMachine } from '../../machines/retry.machine.js';
import { attemptEnded } from '../../machines/retry-event.js';
import { stateNameOf } from '../../machines/retry-snapshot.js';
import { requestBound } from '../../src/budget/request-bound.js';
import { factsOf } from '../../src/policy/facts-of.js';
import type { Client } from '../../src/policy/facts.js';
import { defaultLimits } from '../../src/policy/limits.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { beginRecord, noteProvisional } from '../../src/request/record.js';
import type { Header } from '../../src/sip/message.js';
import { numbered } from '../uac/running.js';
import { requestOf } from './requests.js';
import { outcomeClasses, type OutcomeClass } from './walk/outcome-classes.js';
import { explore, shareOneAllowance } from './walk/interleavings.js';
import { walk } from './walk/walk.js';

const client: Client = {
  servers: ['sip:s1.example.com', 'sip:s2.example.com'],
  supported: ['timer', '100rel', 'path'],
  credentials: [{}],
  securityMechanisms: ['digest', 'tls'],
  redial: true,
};

describe('every path of one request', () => {
  it.each([
    ['REGISTER', false, 400_000, 600],
    ['INVITE', false, 500_000, 800],
    ['INVITE', true, 500_000, 800],
    ['MESSAGE', false, 500_000, 700],
    ['SUBSCRIBE', false, 400_000, 650],
    ['BYE', true, 90_000, 120],
  ] as const)(
    'of %s (in a dialog: %s) ends within maxAttempts, and each attempt differs, waits or goes elsewhere (over %i transitions, %i states)',
    (method, inDialog, transitions, states) => {
      const request = requestOf(method, inDialog);
      const classes = outcomeClasses(rfcPolicy, method, request.uri);
      const limits = { ...defaultLimits, maxAttempts: 3 };
      const walked = walk(request, { policy: rfcPolicy, client, limits, classes });
      expect(walked.faults).toEqual([]);
      expect(walked.longest).toBe(limits.maxAttempts);
      expect(walked.transitions).toBeGreaterThan(transitions);
      expect(walked.states.length).toBeGreaterThan(states);
    },
  );

  it.each([
    ['REGISTER', false, 300_000],
    ['INVITE', true, 100_000],
  ] as const)(
    'of %s (in a dialog: %s) ends within the default limits (over %i transitions)',
    (method, inDialog, transitions) => {
      const walked = walk(requestOf(method, inDialog), {
        policy: rfcPolicy,
        // A third server shows whether the first one would be tried again.
        client: {
          ...client,
          ownsCallId: true,
          servers: ['sip:s1.example.com', 'sip:s2.example.com', 'sip:s3.example.com'],
        },
        limits: defaultLimits,
        classes: IN_TURN,
      });
      expect(walked.faults).toEqual([]);
      expect(walked.longest).toBe(defaultLimits.maxAttempts);
      expect(walked.transitions).toBeGreaterThan(transitions);
    },
  );

  it('ends with a cancel of what is in flight, and no outcome that comes afterwards sends it again', () => {
    const machine = createRetryMachine(rfcPolicy);
    for (const method of ['REGISTER', 'INVITE']) {
      const request = requestOf(method);
      const classes = outcomeClasses(rfcPolicy, method, request.uri);
      for (const provisional of [undefined, 100, 180]) {
        const first = beginRecord(request, 0);
        const context = provisional === undefined ? first : noteProvisional(first, provisional);
        const pending = machine.resolveState({ value: 'pending', context });
        const [cancelled] = transition(machine, pending, { type: 'cancel', at: 0 });
        const name = stateNameOf(cancelled.value);
        if (method !== 'INVITE') expect(name).toBe('cancelled');
        if (method !== 'INVITE') continue;
        for (const { outcome } of classes) {
          const facts = factsOf(request, outcome, context.history, { client });
          const [after] = transition(machine, cancelled, attemptEnded(facts, { token: 'newtoken' }, 0));
          expect(stateNameOf(after.value)).toBe('cancelled');
          expect(after.context.history.attempts).toBe(1);
        }
      }
    }
  });
});

describe('the ceiling', () => {
  it.each([
    // All that there are: 220 and 1,356.
    ['SUBSCRIBE', 2, 1, 10_000],
    ['OPTIONS', 2, 1, 10_000],
    // No more are visited.
    ['SUBSCRIBE', 3, 2, 4_000],
    ['OPTIONS', 3, 2, 2_500],
  ] as const)(
    'holds for %s in any order of %i requests, %i a minute (up to %i states)',
    (method, count, ceilingPerMinute, mostStates) => {
      const requests = Array.from({ length: count }, (_, number) => numbered(requestOf(method), number));
      const limits = { ceilingPerMinute, maxAttempts: 3 };
      const explored = explore({ requests, limits, restarts: 1, mostStates, answers: ANSWERS });
      expect(shareOneAllowance(requests)).toBe(true);
      expect(explored.faults).toEqual([]);
      // It is reached, and never exceeded.
      expect(explored.mostInAMinute).toBe(requestBound({ ceilingPerMinute }).transactionsPerMinute);
      expect(explored.isComplete).toBe(count === 2);
    },
  );
});

function answer(status: number, ...headers: readonly Header[]): OutcomeClass {
  return { provisional: [], outcome: { status, reason: '', headers, body: '' } };
}

/** Outcomes that let a request go on, and on. */
const IN_TURN: readonly OutcomeClass[] = [
  { provisional: [], outcome: 'timeout' },
  answer(503),
  answer(503, ['Retry-After', '0']),
  // Longer than any limit: another server or target is tried for it.
  answer(500, ['Retry-After', '4294967295']),
  answer(401, ['WWW-Authenticate', 'Digest realm="a", nonce="n1"']),
  answer(401, ['WWW-Authenticate', 'Digest realm="a", nonce="n2", stale=true']),
  answer(407, ['Proxy-Authenticate', 'Digest realm="p", nonce="n1"']),
  answer(423, ['Min-Expires', '1200']),
  answer(423, ['Min-Expires', '2400']),
  answer(420, ['Unsupported', 'timer']),
  answer(302, ['Contact', '<sip:t1@example.com>, <sip:t2@example.com>']),
  answer(491),
];

const ANSWERS = [
  { name: 'wait', status: 500, headers: [['Retry-After', '1']] },
  { name: 'correct', status: 420, headers: [['Unsupported', 'timer']] },
] as const;
