// The odd situations, each under its number: forms, methods, dialogs.
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../src/sip/read-message.js';
import { giveUp } from './cases/case.js';
import { digest, got, sent, sentInDialog } from './cases/message-text.js';
import { INVITE, brief, decisionOn, moved, noncesOf, on, reasonOf, unauthorized, unavailable } from './on-answer.js';

describe('what is no answer', () => {
  it.each(['99', '700', '4294967301'])('#1 drops a message with status %s (RFC 4475 §3.1.2.19)', (status) => {
    expect(readMessage(got(`${status} better not break the receiver`)).kind).not.toBe('response');
  });

  it('#4 drops a message with two Vias (RFC 3261 §8.1.3.3)', () => {
    expect(readMessage(got('401 Unauthorized', 'Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1')).kind).toBe(
      'discarded',
    );
  });

  it('#5 drops a message with an impossible CSeq (RFC 4475 §3.1.2.5)', () => {
    expect(readMessage(got('503 Busy', 'CSeq: 9292394834772304023312 INVITE')).kind).toBe('discarded');
  });

  it('#6 drops a datagram that is shorter than it says (RFC 3261 §18.3)', () => {
    expect(readMessage(got('200 OK').replace('Content-Length: 0', 'Content-Length: 9')).kind).toBe('discarded');
  });
});

describe('codes and phrases', () => {
  it.each([
    [431, '4xx#2', 400],
    [409, '4xx#2', 400],
    [411, '4xx#2', 400],
    [418, '4xx#2', 400],
    [499, '4xx#2', 400],
    [599, '5xx#8', 500],
    [699, '6xx#2', 600],
  ])('#2 treats %i as the x00 of its class (RFC 3261 §8.1.3.2)', (status, rule, treatedAs) => {
    expect(decisionOn(INVITE, got(`${status} Odd`))).toMatchObject({ status, rule, treatedAs });
  });

  it.each(['', 'Prohibido aquí', 'Retry-After: 0', 'OK'])(
    '#3 never decides by the phrase "%s" (RFC 4475 §3.1.1.13)',
    (phrase) => {
      expect(on(INVITE, got(`403 ${phrase}`))).toEqual(giveUp('forbidden'));
    },
  );
});

describe('ACK, CANCEL, BYE', () => {
  it('#31 never answers for an ACK (RFC 3261 §22.1)', () => {
    const action = on(sent('ACK'), got('407 Proxy Authentication Required', `Proxy-Authenticate: ${digest('a', 'n')}`));
    expect(reasonOf(action)).toBe('notRetriable');
  });

  it.each(['401 Unauthorized', '404 Not Found', '503 Service Unavailable'])(
    '#32 ignores %s to a CANCEL (RFC 3261 §9.1)',
    (status) => {
      const { action, impact } = decisionOn(
        sentInDialog('CANCEL'),
        got(status, `WWW-Authenticate: ${digest('a', 'n')}`),
      );
      expect([reasonOf(action), impact]).toEqual(['notRetriable', 'transaction']);
      expect(reasonOf(on(sent('CANCEL'), 'timeout'))).toBe('notRetriable');
    },
  );

  it('#35 sends a BYE again for a challenge only: the call is over (RFC 3261 §15.1.1)', () => {
    const bye = sentInDialog('BYE');
    expect(on(bye, unauthorized(`WWW-Authenticate: ${digest('a', 'n1')}`)).type).toBe('authenticate');
    expect(decisionOn(bye, unavailable('Retry-After: 5'))).toMatchObject({
      action: { type: 'giveUp', reason: 'usageEnded' },
      impact: 'usage',
      aftermath: 'none',
    });
  });

  it('#36 is content with a 481 to a BYE or a CANCEL (RFC 3261 §15.1.1, RFC 5057 §5.1 note 8)', () => {
    const gone = got('481 Call/Transaction Does Not Exist');
    expect(decisionOn(sentInDialog('BYE'), gone)).toMatchObject({ action: giveUp('usageEnded'), aftermath: 'none' });
    expect(decisionOn(sentInDialog('CANCEL'), gone)).toMatchObject({ impact: 'transaction', aftermath: 'none' });
  });
});

describe('subscriptions and dialogs', () => {
  it.each([404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604])(
    '#77 ends the subscription whose refresh draws %i (RFC 6665 §4.1.2.2)',
    (status) => {
      const decision = decisionOn(sentInDialog('SUBSCRIBE'), got(`${status} x`), {
        client: { servers: ['sip:a', 'sip:b'] },
      });
      expect(decision).toMatchObject({ action: { reason: 'usageEnded' }, aftermath: 'dropSubscription' });
    },
  );

  it.each([401, 407, 423, 500, 502, 503, 408])(
    '#78 keeps the subscription whose refresh draws %i (RFC 6665 §4.1.2.2)',
    (status) => {
      const answer = got(`${status} x`, `WWW-Authenticate: ${digest('a', 'n')}`, 'Min-Expires: 7200');
      const { action, impact } = decisionOn(sentInDialog('SUBSCRIBE', 'Expires: 600'), answer);
      expect(action.type).not.toBe('giveUp');
      expect(impact).toBe('transaction');
    },
  );

  it('#81 ignores a 481 to a PRACK (RFC 3262 §3)', () => {
    expect(decisionOn(sentInDialog('PRACK'), got('481 x'))).toMatchObject({ impact: 'transaction', aftermath: 'none' });
  });

  it('#88 follows no Contact of an answer that is no redirection (RFC 3261 §13.2.2.3)', () => {
    const answer = got('404 Not Found', 'Contact: <sip:evil@h>', 'Record-Route: <sip:evil.example;lr>');
    expect(on(INVITE, answer)).toEqual(giveUp('notFound'));
  });
});

describe('odd forms', () => {
  it('#87 reads compact names, odd case, folding and blanks (RFC 3261 §7.3.1)', () => {
    const folded = unauthorized(
      'wWw-AuthENTICATE : DIGEST\r\n  realm = "a" ,\r\n\tNonce="n1",QOP="AUTH,auth-int" , algorithm="md5"',
    );
    expect(noncesOf(on(INVITE, folded))).toEqual(['n1']);
    expect(on(INVITE, moved('m: Bob <sip:b@h>'))).toMatchObject({ type: 'tryOtherTarget', uri: 'sip:b@h' });
    expect(on(sent('SUBSCRIBE', 'EXPIRES:600'), brief('min-expires :\r\n 1800'))).toMatchObject({ seconds: 1_800 });
  });

  it('#89 decides on its own request where the answer names another call (RFC 3261 §17.1.3)', () => {
    const foreign = brief('Min-Expires: 1800')
      .replace(/Call-ID: .*/, 'Call-ID: other')
      .replace('alice', 'mallory');
    expect(on(sent('REGISTER', 'Expires: 600'), foreign)).toMatchObject({ type: 'raiseInterval', seconds: 1_800 });
  });
});
