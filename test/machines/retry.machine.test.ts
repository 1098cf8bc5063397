import { describe, expect, it } from 'vitest';
import type { RetryEvent } from '../../machines/retry-event.js';
import { withLimits } from '../../src/policy/set-limits.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import type { RetryPolicy } from '../../src/policy/rule.js';
import { actorOf, START } from './actor-of.js';
import { challenge, invite, register } from './requests.js';

const decisionOf = ({ actor }: ReturnType<typeof actorOf>) => actor.getSnapshot().context.decision;
const recordOf = ({ actor }: ReturnType<typeof actorOf>) => actor.getSnapshot().context;

describe('the chart of one request', () => {
  it('sends, asks for credentials after 401, sends again and is accepted (RFC 3261 §22.2)', () => {
    const chart = actorOf(register);
    chart.respond(401, [challenge]);
    expect(chart.value()).toEqual({ recovering: 'authenticating' });
    chart.give();
    expect(chart.value()).toBe('pending');
    chart.respond(200);
    expect(chart.value()).toBe('accepted');
    expect(chart.types()).toEqual(['send', 'decision', 'send', 'decision']);
    expect(chart.actor.getSnapshot().output).toEqual({ type: 'accepted', status: 200, attempts: 2 });
  });

  it('announces with a decision what is asked, until when, and on which attempt it was made', () => {
    const chart = actorOf(register);
    chart.respond(401, [challenge]);
    chart.give();
    chart.respond(503, [['Retry-After', '60']], START + 5_000);
    const [, asking, , waiting] = chart.emitted;
    expect(asking).toMatchObject({ attempt: 1, asking: 'credentials', deadline: { at: START + 60_000, for: 'ask' } });
    expect(waiting).toMatchObject({ attempt: 2, asking: null, deadline: { for: 'wait' } });
  });

  it('says which attempt a correction was decided on, although the next request is written already', () => {
    const chart = actorOf(register);
    chart.respond(423, [['Min-Expires', '3600']]);
    expect(chart.value()).toBe('pending');
    expect(chart.emitted[1]).toMatchObject({ type: 'decision', attempt: 1, deadline: null });
    expect(chart.emitted[2]).toMatchObject({ type: 'send', attempt: 2 });
  });

  it('sends the corrected request with its changes (RFC 3261 §10.2.8)', () => {
    const chart = actorOf(register);
    chart.respond(423, [['Min-Expires', '3600']]);
    const send = chart.emitted[2];
    expect(send?.type === 'send' && send.changes.map(({ what }) => what)).toContain('Expires');
    expect(send?.type === 'send' && send.request.headers).toContainEqual(['Expires', '3600']);
  });

  it('goes to gaveUp through recovering when a limit denies the action, and the decision says so', () => {
    const chart = actorOf(register, { limits: withLimits({ maxAttempts: 1 }) });
    chart.respond(423, [['Min-Expires', '3600']]);
    expect(chart.value()).toBe('gaveUp');
    expect(chart.actor.getSnapshot().output).toMatchObject({
      type: 'gaveUp',
      reason: 'attemptsExhausted',
      detail: { wanted: 'raiseInterval', limit: 'maxAttempts', value: 1 },
      rule: '423#1',
      status: 423,
      attempts: 1,
    });
    expect(chart.types()).toEqual(['send', 'decision']);
  });

  it('gives up instead of sending the same request again (RFC 3261 §21.4)', () => {
    const chart = actorOf({ ...invite, headers: [...invite.headers, ['Require', 'timer']] });
    chart.respond(415, [['Accept', 'text/plain']]);
    expect(chart.value()).toEqual({ recovering: 'askingUser' });
    chart.give();
    expect(chart.value()).toBe('gaveUp');
    expect(chart.actor.getSnapshot().output).toMatchObject({ reason: 'cannotCorrect', status: 415, attempts: 1 });
  });

  it('sends what the application answered (RFC 3261 §21.4.13)', () => {
    const chart = actorOf(invite);
    chart.respond(415, [['Accept', 'text/plain']]);
    chart.give({ body: { type: 'text/plain', content: 'hello' } });
    expect(chart.value()).toBe('pending');
    expect(recordOf(chart).request.body).toBe('hello');
  });

  it('treats an unknown code as the x00 of its class (RFC 3261 §8.1.3.2)', () => {
    const chart = actorOf(register);
    chart.respond(499);
    expect(chart.actor.getSnapshot().output).toMatchObject({
      type: 'gaveUp',
      status: 499,
      rule: expect.stringMatching(/^4xx#/) as unknown,
    });
  });

  it('fails over after a timeout only when nothing was received (RFC 3263 §4.3)', () => {
    const client = { servers: ['sip:one.example.com', 'sip:two.example.com'] };
    const silent = actorOf(invite, { client });
    silent.end('timeout');
    expect(silent.emitted.at(-1)).toMatchObject({ type: 'send', server: 'sip:two.example.com', attempt: 2 });
    const rung = actorOf(invite, { client });
    rung.respond(180);
    rung.end('timeout');
    expect(rung.value()).toBe('gaveUp');
  });

  it('stays in pending after a provisional response, which says nothing about credentials', () => {
    const chart = actorOf(invite);
    chart.respond(100);
    expect(recordOf(chart).history.provisional).toBe('trying');
    chart.respond(183);
    expect(recordOf(chart).history.provisional).toBe('alerting');
    expect(chart.value()).toBe('pending');
    expect(chart.types()).toEqual(['send']);
  });
});

describe('a wait', () => {
  it('ends when its deadline has passed, and not when a clock that was set back says something earlier (#92)', () => {
    const chart = actorOf(register);
    chart.respond(503, [['Retry-After', '60']]);
    const at = recordOf(chart).deadline?.at ?? 0;
    expect(at).toBeGreaterThanOrEqual(START + 60_000);
    chart.pass(at - 1);
    expect(chart.value()).toEqual({ recovering: 'waiting' });
    chart.pass(at);
    expect(chart.value()).toBe('pending');
    expect(recordOf(chart).deadline).toBeNull();
  });

  it('ignores a response that comes too late (RFC 3261 §17.1.1.2)', () => {
    const chart = actorOf(register);
    chart.respond(503, [['Retry-After', '60']]);
    chart.respond(200);
    expect(chart.value()).toEqual({ recovering: 'waiting' });
  });

  it('is refused, not shortened, when it would be too long (RFC 3261 §20.33)', () => {
    const chart = actorOf(register);
    chart.respond(503, [['Retry-After', '4294967295']]);
    expect(chart.actor.getSnapshot().output).toMatchObject({ reason: 'retryAfterTooLong' });
  });
});

describe('a question', () => {
  it('that is refused ends the request: no credentials, or no way to correct it', () => {
    const unauthenticated = actorOf(register);
    unauthenticated.respond(401, [challenge]);
    unauthenticated.actor.send({ type: 'answer.refused', at: START });
    expect(unauthenticated.actor.getSnapshot().output).toMatchObject({
      reason: 'noCredentials',
      detail: { wanted: 'authenticate' },
    });
    const incomplete = actorOf({ ...invite, uri: 'tel:+4930123' });
    incomplete.respond(484);
    expect(incomplete.value()).toEqual({ recovering: 'extendingDigits' });
    incomplete.actor.send({ type: 'answer.refused', at: START });
    expect(incomplete.actor.getSnapshot().output).toMatchObject({ reason: 'cannotCorrect' });
  });

  it('whose credentials are known to be refused ends with that reason (RFC 3261 §22.1)', () => {
    const chart = actorOf(register);
    chart.respond(401, [challenge]);
    chart.actor.send({ type: 'answer.refused', at: START, because: 'credentialsRejected' });
    expect(chart.actor.getSnapshot().output).toMatchObject({ reason: 'credentialsRejected' });
  });

  it('that stays open too long counts as refused, and not a moment earlier', () => {
    const chart = actorOf(register);
    chart.respond(401, [challenge]);
    chart.pass(START + 59_999);
    expect(chart.value()).toEqual({ recovering: 'authenticating' });
    chart.pass(START + 60_000);
    expect(chart.actor.getSnapshot().output).toMatchObject({ reason: 'noCredentials' });
  });

  it('is not answered by an event without materials', () => {
    const chart = actorOf(register);
    chart.respond(401, [challenge]);
    chart.actor.send({ type: 'answer.given', at: START } as RetryEvent);
    expect(chart.value()).toEqual({ recovering: 'authenticating' });
    chart.give();
    expect(chart.value()).toBe('pending');
  });

  it('is asked of a person who chooses among addresses (RFC 3261 §21.4.23)', () => {
    const chart = actorOf(invite);
    chart.respond(485, [['Contact', '<sip:bob.a@example.com>, <sip:bob.b@example.com>']]);
    expect(chart.value()).toEqual({ recovering: 'choosingTarget' });
    chart.give({ target: 'sip:bob.b@example.com' });
    expect(recordOf(chart).request.uri).toBe('sip:bob.b@example.com');
  });

  it('hands an action of the policy’s own to the application', () => {
    const policy: RetryPolicy = {
      ...rfcPolicy,
      entries: {
        ...rfcPolicy.entries,
        470: {
          phrase: 'Consent Needed',
          definedIn: 'RFC 5360 §5.9.2',
          impact: 'transaction',
          rules: [{ do: 'custom', name: 'consent', cite: 'local' }],
        },
      },
    };
    const chart = actorOf(invite, { policy });
    chart.respond(470);
    expect(chart.value()).toEqual({ recovering: 'askingUser' });
    expect(decisionOf(chart)?.action).toEqual({ type: 'custom', name: 'consent' });
  });
});

describe('cancel', () => {
  it('ends a request other than INVITE at once, without a CANCEL (RFC 3261 §9.1)', () => {
    const chart = actorOf(register);
    chart.actor.send({ type: 'cancel', at: START });
    expect(chart.value()).toBe('cancelled');
    expect(chart.actor.getSnapshot().output).toEqual({ type: 'cancelled', attempts: 1 });
    expect(chart.types()).toEqual(['send']);
  });

  it('sends the CANCEL of an INVITE only after a provisional response (RFC 3261 §9.1)', () => {
    const chart = actorOf(invite);
    chart.actor.send({ type: 'cancel', at: START });
    expect(chart.value()).toEqual({ cancelling: 'awaitingProvisional' });
    expect(chart.types()).toEqual(['send']);
    chart.respond(100, [], START + 1_000);
    expect(chart.value()).toEqual({ cancelling: 'awaitingFinal' });
    expect(chart.emitted.at(-1)).toEqual({ type: 'cancel', deadline: { at: START + 33_000, for: 'cancel' } });
    chart.respond(180);
    chart.actor.send({ type: 'cancel', at: START + 2_000 });
    expect(chart.types()).toEqual(['send', 'cancel']);
    chart.respond(487);
    expect(chart.value()).toBe('cancelled');
  });

  it('waits no longer than 64·T1 for a provisional response that allows the CANCEL (RFC 3261 §9.1)', () => {
    const chart = actorOf(invite);
    chart.actor.send({ type: 'cancel', at: START });
    expect(recordOf(chart).deadline).toEqual({ at: START + 32_000, for: 'cancel' });
    chart.pass(START + 31_999);
    expect(chart.value()).toEqual({ cancelling: 'awaitingProvisional' });
    chart.pass(START + 32_000);
    expect(chart.value()).toBe('cancelled');
    expect(chart.types()).toEqual(['send']);
  });

  it('sends the CANCEL at once when something was received (RFC 3261 §9.1)', () => {
    const chart = actorOf(invite);
    chart.respond(180);
    chart.actor.send({ type: 'cancel', at: START });
    expect(chart.types()).toEqual(['send', 'cancel']);
  });

  it.each([
    [401, [challenge]],
    [302, [['Contact', '<sip:bob@elsewhere.example.com>'] as const]],
    [491, []],
    [503, [['Retry-After', '1'] as const]],
    [603, []],
    [499, []],
  ] as const)('never repeats a cancelled INVITE after %i (#33)', (status, headers) => {
    const chart = actorOf(invite);
    chart.respond(180);
    chart.actor.send({ type: 'cancel', at: START });
    chart.respond(status, headers);
    expect(chart.value()).toBe('cancelled');
    expect(chart.types()).toEqual(['send', 'cancel']);
  });

  it('hangs up when a 2xx crossed the CANCEL: ACK, then BYE (RFC 3261 §9.1, §15) (#34)', () => {
    const chart = actorOf(invite);
    chart.actor.send({ type: 'cancel', at: START });
    chart.respond(200);
    expect(chart.emitted.at(-1)).toEqual({
      type: 'hangUp',
      status: 200,
      cite: ['RFC 3261 §9.1', 'RFC 3261 §15'],
    });
    expect(chart.actor.getSnapshot().output).toEqual({ type: 'cancelled', attempts: 1 });
  });

  it('waits no longer than 64·T1 for the final response after the CANCEL (RFC 3261 §9.1) (#32)', () => {
    const chart = actorOf(invite);
    chart.respond(180);
    chart.actor.send({ type: 'cancel', at: START });
    chart.pass(START + 31_999);
    expect(chart.value()).toEqual({ cancelling: 'awaitingFinal' });
    chart.pass(START + 32_000);
    expect(chart.value()).toBe('cancelled');
  });

  it.each(['timeout', 'transportError'] as const)('ends with a %s of the INVITE', (end) => {
    const chart = actorOf(invite);
    chart.actor.send({ type: 'cancel', at: START });
    chart.end(end);
    expect(chart.value()).toBe('cancelled');
  });

  it('ends a wait and a question at once: no transaction is in progress', () => {
    const waiting = actorOf(invite);
    waiting.respond(503, [['Retry-After', '60']]);
    waiting.actor.send({ type: 'cancel', at: START });
    expect(waiting.actor.getSnapshot().output).toEqual({ type: 'cancelled', attempts: 1 });
    const asked = actorOf(invite);
    asked.respond(401, [challenge]);
    asked.actor.send({ type: 'cancel', at: START });
    expect(asked.value()).toBe('cancelled');
  });
});
