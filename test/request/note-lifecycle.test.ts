import { describe, expect, it } from 'vitest';
import { decide } from '../../src/policy/decide.js';
import { factsOf } from '../../src/policy/facts-of.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import {
  CANCEL_PATIENCE_MS,
  noteCancelSent,
  noteCancelWanted,
  noteRefusal,
  noteReplacement,
} from '../../src/request/note-lifecycle.js';
import { beginRecord, noteDecision } from '../../src/request/record.js';
import type { SipRequest } from '../../src/sip/message.js';

const invite: SipRequest = {
  method: 'INVITE',
  uri: 'sip:+1212@example.com',
  headers: [['CSeq', '1 INVITE']],
  body: '',
};

function asking(status: number, headers: readonly (readonly [string, string])[] = []) {
  const record = beginRecord(invite, 0);
  const facts = factsOf(record.request, { status, reason: '', headers, body: '' });
  return noteDecision(record, facts, decide(rfcPolicy, facts), 1_000);
}

describe('noteRefusal', () => {
  it('ends a question for credentials with noCredentials (RFC 3261 §22.1)', () => {
    const refused = noteRefusal(asking(401, [['WWW-Authenticate', 'Digest realm="a", nonce="1"']]));
    expect(refused.decision?.action).toEqual({
      type: 'giveUp',
      reason: 'noCredentials',
      detail: { wanted: 'authenticate' },
    });
    expect(refused).toMatchObject({ asking: null, deadline: null });
  });

  it('ends any other question with cannotCorrect, or with the reason given', () => {
    expect(noteRefusal(asking(484)).decision?.action).toMatchObject({ reason: 'cannotCorrect' });
    expect(noteRefusal(asking(484), 'credentialsRejected').decision?.action).toMatchObject({
      reason: 'credentialsRejected',
    });
  });

  it('leaves a record in which nothing was decided as it is', () => {
    const record = beginRecord(invite, 0);
    expect(noteRefusal(record)).toBe(record);
  });
});

describe('noteCancelSent', () => {
  it('waits 64*T1 for the final response of the INVITE (RFC 3261 §9.1)', () => {
    expect(noteCancelSent(beginRecord(invite, 0), 5_000).deadline).toEqual({ at: 5_000 + 32_000, for: 'cancel' });
    expect(CANCEL_PATIENCE_MS).toBe(32_000);
  });
});

describe('noteCancelWanted', () => {
  it('waits 64*T1 for a provisional response that allows the CANCEL (RFC 3261 §9.1)', () => {
    expect(noteCancelWanted(beginRecord(invite, 0), 5_000).deadline).toEqual({ at: 37_000, for: 'cancel' });
  });
});

describe('noteReplacement', () => {
  it('counts the URI that the request goes to instead as tried (RFC 3261 §8.1.3.4)', () => {
    const record = beginRecord(invite, 0);
    const moved = { ...record.request, uri: 'sip:+1213@example.com' };
    expect(noteReplacement(record, moved).history.targetsTried).toEqual([invite.uri, moved.uri]);
  });

  it('keeps the request that the application changed', () => {
    const record = beginRecord({ method: 'INVITE', uri: 'sip:b@h', headers: [['CSeq', '1 INVITE']], body: '' }, 0);
    const changed = {
      ...record.request,
      headers: [...record.request.headers, ['X-Note', 'a']] as const,
    };
    expect(noteReplacement(record, changed).request.headers).toEqual([
      ['CSeq', '1 INVITE'],
      ['X-Note', 'a'],
    ]);
  });
});
