import { describe, expect, it } from 'vitest';
import { converse } from '../../src/cli/conversation.js';
import { chanceFor } from '../../src/cli/decide.js';
import { ladderOf } from '../../src/cli/ladder.js';
import { noConfig } from '../../src/cli/load-config.js';
import { paletteFor } from '../../src/cli/palette.js';
import type { GivenAnswer } from '../../src/cli/read-inputs.js';
import type { SipRequest } from '../../src/sip/message.js';
import { widthOf } from '../../src/simulator/formats/text-width.js';
import { rfcPolicy } from '../../src/policy/table/index.js';

const request: SipRequest = {
  method: 'OPTIONS',
  uri: 'sip:server.example.com',
  headers: [['CSeq', '1 OPTIONS']],
  body: '',
};
const colours = paletteFor({ write: () => undefined, isTerminal: false }, { env: {} });

function draw(answers: readonly GivenAnswer[], first = request): readonly string[] {
  const given = { source: 'request', line: 1, request: first, notes: [] };
  const turns = converse(given, answers, { ...noConfig, ...chanceFor(1) });
  return ladderOf({ request: first, answers, turns }, { colours, width: 60, policy: rfcPolicy }).split('\n');
}

const source = { source: 'test', line: 1 };
const answer = (status: number, reason: string, headers: SipRequest['headers'] = []): GivenAnswer => ({
  ...source,
  kind: 'response',
  response: { status, reason, headers, body: '' },
  notes: [],
});

describe('ladderOf', () => {
  it('keeps the lanes straight beside characters that take two cells, or none', () => {
    const lines = draw([
      answer(404, '見つかりません é', [['Warning', '399 h "見つかりません、別の番号でもう一度おかけください"']]),
    ]);
    const lanes = lines.filter((line) => /[│┊]$/.test(line)).map(widthOf);
    expect(lanes.length).toBeGreaterThan(5);
    expect(new Set(lanes).size).toBe(1);
  });

  it('draws the request to the right and the response to the left', () => {
    const lines = draw([answer(404, 'Not Found')]);
    expect(lines[0]).toMatch(/^ {2}UAC +sip:server\.example\.com$/);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}│── OPTIONS sip:server\.example\.com ─+▶│$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}│◀─+ 404 Not Found ──│$/));
  });

  it('draws a timeout and a discarded message as what they are', () => {
    const lines = draw([
      { ...source, kind: 'discarded', why: 'two Vias' },
      { ...source, kind: 'outcome', outcome: 'timeout' },
    ]);
    expect(lines).toContainEqual(expect.stringMatching(/╳─ discarded: two Vias/));
    expect(lines).toContainEqual(expect.stringMatching(/╳─ no response in time/));
    expect(lines.filter((line) => line.includes('●'))).toHaveLength(1);
  });

  it('draws a wait as a gap of both lanes', () => {
    expect(draw([answer(503, 'Later', [['Retry-After', '30']])])).toContainEqual(
      expect.stringMatching(/^ {2}┊ +3\d(?:\.\d+)? s +┊$/),
    );
  });

  it('gives a 1xx an arrow instead of a note', () => {
    const text = draw([answer(100, 'Trying'), answer(404, 'Not Found')]).join('\n');
    expect(text).toMatch(/◀─+ 100 Trying ──│/);
    expect(text).not.toContain('came before');
  });

  it('says what must be asked', () => {
    const challenge: SipRequest['headers'] = [['WWW-Authenticate', 'Digest realm="r", nonce="n"']];
    expect(draw([answer(401, 'Unauthorized', challenge)]).join('\n')).toContain('to ask  a user name and a password');
  });

  it('keeps its lanes straight whatever a peer sends', () => {
    const lines = draw([answer(404, `${'very '.repeat(40)}\u001b[31mlong`, [['Warning', `399 ${'x'.repeat(300)}`]])], {
      ...request,
      uri: `sip:${'u'.repeat(200)}@server.example.com`,
    });
    expect(new Set(lines.filter((line) => line.startsWith('  │')).map((line) => line.length)).size).toBe(1);
    expect(lines.join('\n')).not.toContain('\u001b');
  });
});
