// One logical request against a server, in virtual time, on plain records: the fastest way through the whole engine.
import { RequestCredentials } from '../../machines/request-credentials.js';
import { Keyring } from '../../src/digest/keyring.js';
import { secret } from '../../src/digest/secret.js';
import { decide, type Decision } from '../../src/policy/decide.js';
import { factsOf, type LocalOutcome } from '../../src/policy/facts-of.js';
import type { Client, Facts } from '../../src/policy/facts.js';
import { defaultLimits, type Limits } from '../../src/policy/limits.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import type { Answer } from '../../src/request/materials.js';
import {
  beginRecord,
  composeNext,
  noteDecision,
  noteProvisional,
  type RequestRecord,
} from '../../src/request/record.js';
import type { SipRequest, SipResponse } from '../../src/sip/message.js';
import { seededRandom, seededToken } from '../../src/timing/random.js';
import type { Server } from './servers.js';

/** One attempt: what was sent when and to whom, what came back, and what was decided. */
export interface Attempt {
  readonly at: number;
  readonly server: string | undefined;
  readonly sent: SipRequest;
  readonly outcome: SipResponse | LocalOutcome;
  readonly facts: Facts;
  readonly decision: Decision;
}

export interface RunOptions {
  readonly seed: number;
  readonly client?: Client;
  readonly limits?: Limits;
  readonly keyring?: Keyring;
  /** What the application answers; by default something that can help. */
  readonly answer?: (record: RequestRecord, random: () => number) => Answer | undefined;
  /** Milliseconds that every answer takes. */
  readonly latencyMs?: number;
}

/** More than any limit allows: a run that reaches it is unbounded. */
const FAR_TOO_MANY = 200;

/** Runs one logical request to its end and tells every attempt. */
export function runRequest(request: SipRequest, server: Server, options: RunOptions): readonly Attempt[] {
  const { seed, client = {}, limits = defaultLimits, latencyMs = 20 } = options;
  const random = seededRandom(seed);
  const token = seededToken(seed);
  const keyring =
    options.keyring ?? new Keyring({ credentials: [{ username: 'alice', password: secret('correct horse') }] });
  const credentials = new RequestCredentials(keyring, (cause) => {
    throw cause;
  });
  const answer = options.answer ?? helpfulAnswer;
  const attempts: Attempt[] = [];
  let at = 0;
  let record = beginRecord(request, at);
  let sent = request;
  while (attempts.length < FAR_TOO_MANY) {
    const { provisional, outcome } = server(sent, attempts.length + 1);
    for (const status of provisional) record = noteProvisional(record, status);
    const sentAt = at;
    const to = record.history.server ?? client.servers?.[0];
    at += latencyMs;
    const facts = factsOf(record.request, outcome, record.history, {
      client: credentials.enrich({ ...client, credentials: [{}] }, record.challenges),
      limits,
      elapsedMs: at,
      random: random(),
      now: at,
    });
    const carried = record.challenges;
    record = noteDecision(record, facts, decide(rfcPolicy, facts), at);
    const decision = record.decision!;
    credentials.note(carried, facts, decision);
    attempts.push({ at: sentAt, server: to, sent, outcome, facts, decision });
    if (decision.action.type === 'wait') at += decision.action.delayMs;
    const answered = record.asking === null ? {} : answerFor(record, credentials, answer, random);
    if (answered === undefined || isEnd(record)) return attempts;
    record = composeNext(record, { ...answered, token: token() });
    if (isEnd(record)) return attempts;
    sent = credentials.authorize(record.request, record.challenges, token());
  }
  return attempts;
}

function isEnd({ decision }: RequestRecord): boolean {
  return decision?.action.type === 'giveUp' || decision?.action.type === 'accept';
}

function answerFor(
  record: RequestRecord,
  credentials: RequestCredentials,
  answer: NonNullable<RunOptions['answer']>,
  random: () => number,
): Answer | undefined {
  if (record.asking !== 'credentials') return answer(record, random);
  return credentials.find(record.challenges) === 'found' ? {} : undefined;
}

function helpfulAnswer({ asking, decision }: RequestRecord, random: () => number): Answer | undefined {
  if (random() < 0.1) return undefined;
  switch (asking) {
    case 'digits':
      return { digits: String(Math.floor(random() * 100)) };
    case 'target':
      return decision?.action.type === 'chooseTarget'
        ? { target: decision.action.choices[0] ?? 'sip:x@example.com' }
        : {};
    case 'body':
      return { body: { type: 'text/plain', content: 'x'.repeat(Math.floor(random() * 20)) } };
    case 'headers':
      return { headers: [['Referred-By', `<sip:alice@example.com>;cid=${random()}`]] };
    default:
      return {};
  }
}
