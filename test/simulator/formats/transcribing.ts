// Transcripts written by hand: messages, real decisions of the policy about them, and what the network did.
import { decide } from '../../../src/policy/decide.js';
import { factsOf, type FactsOptions, type LocalOutcome } from '../../../src/policy/facts-of.js';
import { emptyHistory, type History } from '../../../src/policy/history.js';
import { rfcPolicy } from '../../../src/policy/table/index.js';
import type { Party, PassingMessage, Transcript, TranscriptEvent } from '../../../src/simulator/transcript.js';
import type { Header, SipRequest, SipResponse } from '../../../src/sip/message.js';
import { writeMessage } from '../../../src/sip/write-message.js';
import { toldDecision } from '../../../src/simulator/told-decision.js';

export const NOON = Date.UTC(2026, 0, 5, 12);

type Passing = Partial<Pick<PassingMessage, 'transport' | 'retransmission' | 'arrivals' | 'lost'>>;

/** One transcript as it grows. Times only have to go forward. */
export class Transcribing {
  readonly events: TranscriptEvent[] = [];
  #id = 0;

  constructor(
    readonly name: string,
    readonly parties: readonly Party[],
    readonly transport: PassingMessage['transport'] = 'UDP',
    readonly latency = 20,
  ) {}

  /** A message leaves its sender. */
  pass(
    at: number,
    from: string,
    to: string,
    message: SipRequest | SipResponse,
    request: string,
    passing: Passing = {},
  ): void {
    const isLost = passing.lost !== undefined;
    this.events.push({
      type: 'message',
      at,
      id: ++this.#id,
      from,
      to,
      transport: this.transport,
      summary: 'method' in message ? `${message.method} ${message.uri}` : `${message.status} ${message.reason}`,
      text: writeMessage(message),
      request,
      retransmission: false,
      arrivals: isLost ? [] : [at + this.latency],
      ...passing,
    });
  }

  /** What the policy decides about this response; returns the decision. */
  decide(
    at: number,
    request: string,
    attempt: number,
    sent: SipRequest,
    response: SipResponse | LocalOutcome,
    { history = {}, ...options }: FactsOptions & { readonly history?: Partial<History> } = {},
  ): void {
    const facts = factsOf(sent, response, { ...emptyHistory, ...history }, options);
    const decision = decide(rfcPolicy, facts);
    const { status, action, cite } = decision;
    const delayMs = action.type === 'wait' ? action.delayMs : 0;
    this.events.push({
      type: 'decision',
      at,
      request,
      attempt,
      delayMs,
      notes: [],
      ...toldDecision(decision),
    });
    if (delayMs > 0) this.events.push({ type: 'wait', at, request, until: at + delayMs, for: 'policy' });
    if (action.type === 'accept' || action.type === 'giveUp') {
      this.events.push({
        type: 'outcome',
        at,
        request,
        outcome: action.type === 'accept' ? 'accepted' : 'gaveUp',
        status,
        reason: action.type === 'giveUp' ? action.reason : null,
        detail: action.type === 'giveUp' ? (action.detail ?? null) : null,
        cite,
        attempts: attempt,
      });
    }
  }

  add(event: TranscriptEvent): void {
    this.events.push(event);
  }

  done(): Transcript {
    const messages = this.events.filter((event) => event.type === 'message');
    const sent = messages.filter(({ from }) => from === 'uac');
    return {
      name: this.name,
      seed: 1,
      startedAt: NOON,
      endedAt: Math.max(...this.events.map(({ at }) => at)),
      parties: this.parties,
      events: this.events,
      counts: {
        sent: sent.length,
        received: messages.filter(({ to, arrivals }) => to === 'uac' && arrivals.length > 0).length,
        retransmitted: sent.filter(({ retransmission }) => retransmission).length,
        lost: messages.filter(({ lost }) => lost !== undefined).length,
        decisions: this.events.filter(({ type }) => type === 'decision').length,
        transactions: sent.filter(({ retransmission, summary }) => !retransmission && !/^(ACK|CANCEL) /.test(summary))
          .length,
      },
    };
  }
}

export function party(id: string, host: string, role: Party['role'] = 'server', port = 5060): Party {
  return { id, role, host, port };
}

export const uac = party('uac', '198.51.100.7', 'uac');

/** A request as a UAC writes it. */
export function requestOf(
  method: string,
  uri: string,
  cseq: number,
  more: readonly Header[] = [],
  body = '',
): SipRequest {
  return {
    method,
    uri,
    headers: [
      ['Via', `SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK${method.toLowerCase()}${cseq}`],
      ['Max-Forwards', '70'],
      ['To', `<${uri}>`],
      ['From', '<sip:alice@atlanta.example>;tag=9fxced76sl'],
      ['Call-ID', '2xTb9vxSit55XU7p8@198.51.100.7'],
      ['CSeq', `${cseq} ${method}`],
      ['Contact', '<sip:alice@198.51.100.7>'],
      ...more,
    ],
    body,
  };
}

/** A response to it. */
export function responseTo(
  request: SipRequest,
  status: number,
  reason: string,
  more: readonly Header[] = [],
  body = '',
): SipResponse {
  const copied = new Set(['Via', 'To', 'From', 'Call-ID', 'CSeq']);
  const headers = request.headers
    .filter(([name]) => copied.has(name))
    .map(([name, value]): Header => [name, name === 'To' ? `${value};tag=314159` : value]);
  return { status, reason, headers: [...headers, ...more], body };
}

export const challenge = (realm: string): string =>
  `Digest realm="${realm}", nonce="ea9c8e88df84f1ce", qop="auth", algorithm=SHA-256`;
export const credentials = (realm: string, uri: string): string =>
  `Digest username="alice", realm="${realm}", nonce="ea9c8e88df84f1ce", uri="${uri}", response="masked", algorithm=SHA-256, qop=auth, cnonce="16sb98", nc=00000001`;
