// Trying a response in the page is what `sip-retry decide --json` says.
import { describe, expect, it } from 'vitest';
import { converse } from '../../../../src/cli/conversation.js';
import { noConfig } from '../../../../src/cli/load-config.js';
import { turnAsJson } from '../../../../src/cli/print-json.js';
import {
  changed,
  CODES,
  FIRST_FORM,
  inputOf,
  METHODS,
  usualHeaders,
} from '../../../../src/inspect/page/try/trial-form.js';
import { tryOut, type TrialInput } from '../../../../src/inspect/page/try/trial.js';
import { defaultLimits } from '../../../../src/policy/limits.js';
import { rfcPolicy } from '../../../../src/policy/table/index.js';
import { readMessage } from '../../../../src/sip/read-message.js';
import { seededRandom, seededToken } from '../../../../src/timing/random.js';

const setting = { policy: rfcPolicy, limits: defaultLimits, seed: 1, now: 1_000_000 };

describe('a trial', () => {
  it.each(METHODS)('decides on every code after %s as the command line does', (method) => {
    for (const [status] of CODES) {
      const form = changed(FIRST_FORM, {
        method,
        uri: method === 'REGISTER' ? 'sip:example.com' : 'sip:bob@example.com',
        status: String(status),
        responseHeaders: usualHeaders(String(status)),
      });
      expect(told(inputOf(form)), `${method} ${status}`).toEqual(byCommand(inputOf(form)));
    }
  });

  it.each(['timeout', 'transportError'] as const)('decides on %s as the command line does', (outcome) => {
    const input = inputOf(changed(FIRST_FORM, { outcome }));
    expect(told(input)).toEqual(byCommand(input));
  });

  it('keeps the credentials that a request was written with, as the command line does', () => {
    const requestHeaders =
      'Authorization: Digest username="alice", realm="example.com", nonce="1", uri="sip:example.com", response="0"';
    for (const status of ['401', '407', '423', '503']) {
      const form = changed(FIRST_FORM, { requestHeaders, status, responseHeaders: usualHeaders(status) });
      expect(told(inputOf(form)), status).toEqual(byCommand(inputOf(form)));
    }
  });

  it('says in a sentence what cannot be tried', () => {
    expect(tryOut({ request: 'nonsense', answer: { outcome: 'timeout' } }, setting)).toMatchObject({
      kind: 'unusable',
    });
    const form = changed(FIRST_FORM, { isRaw: true, rawResponse: 'SIP/2.0 999999 Never\n\n' });
    expect(tryOut(inputOf(form), setting).kind).not.toBe('decided');
    const ringing = changed(FIRST_FORM, { status: '180', responseHeaders: '' });
    expect(tryOut(inputOf(ringing), setting)).toEqual({
      kind: 'undecided',
      why: 'A provisional response asks for no decision (RFC 3261 §7.2).',
    });
    expect(tryOut({ request: FIRST_FORM.rawResponse, answer: { outcome: 'timeout' } }, setting)).toMatchObject({
      why: expect.stringContaining('a response stands where a request belongs') as string,
    });
  });

  it('tells what changes in the next request', () => {
    const trial = tryOut(inputOf(FIRST_FORM), setting);
    if (trial.kind !== 'decided') throw new Error('not decided');
    expect(trial.changes).toContainEqual({ what: 'Expires', before: ['60'], after: ['600'] });
  });
});

function told(input: TrialInput): unknown {
  const trial = tryOut(input, setting);
  return trial.kind === 'decided' ? JSON.parse(JSON.stringify(trial.told)) : trial;
}

function byCommand({ request, answer }: TrialInput): unknown {
  const sent = readMessage(onTheWire(request));
  if (sent.kind !== 'request') throw new Error('no request');
  const source = { source: 'file', line: 1 } as const;
  const came = 'text' in answer ? readMessage(onTheWire(answer.text)) : undefined;
  const [turn] = converse(
    { ...source, request: sent.request, notes: [] },
    [
      'outcome' in answer
        ? { ...source, kind: 'outcome', outcome: answer.outcome }
        : came?.kind === 'response'
          ? { ...source, kind: 'response', response: came.response, notes: [] }
          : { ...source, kind: 'discarded', why: 'unreadable' },
    ],
    { ...noConfig, random: seededRandom(1), token: seededToken(1), startedAt: setting.now },
  );
  return turn === undefined ? undefined : JSON.parse(turnAsJson(turn));
}

function onTheWire(text: string): string {
  return `${text.replace(/\n+$/, '')}\n\n`.replaceAll('\n', '\r\n');
}
