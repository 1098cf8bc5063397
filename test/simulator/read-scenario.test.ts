import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../src/simulator/read-scenario.js';

const good = `name: x
uac:
  credentials: [{ realm: r, username: alice, password: hunter2 }]
requests:
  - { method: REGISTER, uri: sip:example.com, at: 1.5 s }
servers:
  - name: a
    host: 192.0.2.1
    script:
      - { status: 200, after: 50 ms }
network: { latency: 1 min }
stopAfter: 1 h
`;

function messagesOf(text: string): readonly string[] {
  const read = readScenario(text);
  return read.kind === 'scenario' ? [] : read.defects.map(({ message }) => message);
}

/** The scenario above with one line exchanged. */
const having = (line: string, instead: string): string => good.replace(line, instead);

describe('readScenario', () => {
  it('reads YAML, durations as milliseconds', () => {
    const read = readScenario(good);
    expect(read).toMatchObject({
      kind: 'scenario',
      scenario: {
        requests: [{ at: 1_500 }],
        servers: [{ script: [{ after: 50 }] }],
        network: { latency: 60_000 },
        stopAfter: 3_600_000,
      },
    });
  });

  it('reads JSON, with tabs too, as the same scenario', () => {
    const read = readScenario(good);
    if (read.kind !== 'scenario') throw new Error('unreadable');
    const json = JSON.stringify(read.scenario, null, '\t');
    expect(readScenario(json)).toMatchObject({ kind: 'scenario', scenario: read.scenario });
  });

  it('knows the line of each member', () => {
    const read = readScenario(good);
    if (read.kind !== 'scenario') throw new Error('unreadable');
    expect(
      [['servers', 0, 'script'], ['servers', 0, 'script', 0, 'status'], ['network'], ['nothing']].map(read.lineOf),
    ).toEqual([9, 10, 11, 1]);
  });

  it.each([
    [
      '    host: 192.0.2.1',
      '    hosts: 192.0.2.1',
      'line 8: servers[0].hosts is an unknown key (did you mean "host"?); expected one of name, host, port',
    ],
    [
      '    host: 192.0.2.1',
      '    host: example.com',
      'line 8: servers[0].host is "example.com"; expected a numeric one, such as 192.0.2.10 or 2001:db8::1',
    ],
    ['status: 200', 'status: 99', 'line 10: servers[0].script[0].status is 99; expected a number from 100'],
    [
      'after: 50 ms',
      'after: 50 lightyears',
      'line 10: servers[0].script[0].after is "50 lightyears"; expected a duration such as 50 ms, 1.5 s, 10 min or 1 h',
    ],
    [
      'status: 200, after',
      'after',
      'line 10: servers[0].script[0] is one with 0 of status, silence and send; expected exactly one of status, silence and send',
    ],
    [
      'network: { latency: 1 min }',
      'network: { loss: 1.5 }',
      'line 11: network.loss is 1.5; expected a number up to 1',
    ],
    [
      'method: REGISTER',
      'method: register',
      'line 5: requests[0].method is "register"; expected a method in capitals, such as REGISTER',
    ],
    [
      '    script:\n',
      '    behaviour: { type: gatway }\n    scripts:\n',
      'line 9: servers[0].behaviour.type is "gatway"; expected one of challenger, registrar, gateway, overloaded, hostile, proxy',
    ],
    [
      '    script:\n',
      '    behaviour: { type: hostile }\n    script:\n',
      'line 7: servers[0] is one with both of script and behaviour; expected either a script or a behaviour',
    ],
    [
      'status: 200, after',
      'status: 423, until: { expires: 3 }, after',
      'line 10: servers[0].script[0].until.expires is an unknown key; expected one of method, uri, inDialog, body, contains, a header field such as Expires',
    ],
    [
      'stopAfter: 1 h',
      'stopAfter: 1 h\nexpect: { outcome: { call: accepted } }',
      'line 13: expect.outcome.call is "accepted"; expected the id of a request (register)',
    ],
    [
      '    host: 192.0.2.1',
      '    host: 192.0.2.1\n    port: 0',
      'line 9: servers[0].port is 0; expected a number from 1',
    ],
    ['at: 1.5 s', 'keep: yes', 'line 5: requests[0].keep is "yes"; expected true'],
    ['stopAfter: 1 h', 'uac: 3', 'line 12: it cannot be read: Map keys must be unique'],
  ])('of %j as %j says: %s', (line, instead, message) => {
    const messages = messagesOf(having(line, instead));
    expect(
      messages.find((found) => found.startsWith(message)),
      messages.join('\n'),
    ).toBeDefined();
  });

  it('wants an end for a registration that is kept', () => {
    const endless = having('at: 1.5 s', 'keep: true').replace('stopAfter: 1 h', '');
    expect(messagesOf(endless)).toEqual([
      'line 5: requests[0].keep is true; expected "stopAfter" or "unregisterAfter" with it: it would never end',
    ]);
  });

  it.each([
    ['a name that is taken', '  - { name: a, host: 192.0.2.2, script: [{ status: 200 }] }', 'servers[1].name is "a"'],
    [
      'an address that is taken',
      '  - { name: b, host: 192.0.2.1, script: [{ status: 200 }] }',
      'servers[1].host is "192.0.2.1"',
    ],
    [
      'a proxy to nobody',
      '  - { name: b, host: 192.0.2.2, behaviour: { type: proxy, to: c } }',
      'servers[1].behaviour.to is "c"; expected the name of a server (a, b) or a URI',
    ],
  ])('refuses %s', (_, line, message) => {
    const messages = messagesOf(having('network:', `${line}\nnetwork:`));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(message);
  });

  it('never shows a secret', () => {
    const texts = [
      having('username: alice', 'user: alice'),
      having('realm: r, username: alice, password: hunter2', 'username: alice, password: [hunter2]'),
      having('[{ realm: r, username: alice, password: hunter2 }]', '{ password: hunter2 }'),
      having(
        '    script:\n',
        '    behaviour: { type: challenger, challenge: { realm: r, users: [{ usernam: a, password: hunter2 }] } }\n    script:\n',
      ),
      having('uac:\n  credentials:', 'uac:\n  credential:'),
    ];
    for (const text of texts) {
      expect(messagesOf(text).length).toBeGreaterThan(0);
      expect(messagesOf(text).join('\n')).not.toContain('hunter2');
    }
  });

  it('names every defect, in the order of their lines', () => {
    const lines = readScenario('nam: 1\nrequests: []\nservers: []\nnetwork: { loss: 7 }\n');
    expect(lines.kind === 'defects' && lines.defects.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });

  it('says where the text is no YAML, and refuses aliases without end', () => {
    expect(messagesOf('a: [1, 2\nb: 3')[0]).toMatch(/^line \d: it cannot be read: /);
    const bomb = [
      'a: &a [1,1,1,1,1,1,1,1,1]',
      ...[1, 2, 3, 4, 5, 6].map((n) => `b${n}: &b${n} [${`*${n === 1 ? 'a' : `b${n - 1}`},`.repeat(9)}]`),
    ];
    expect(messagesOf(bomb.join('\n'))).toEqual(['line 1: aliases without end; expected a scenario as YAML or JSON']);
    expect(messagesOf('')).toHaveLength(1);
  });

  it('never throws, whatever the text is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map((text) => good + text),
        ),
        (text) => {
          expect(['scenario', 'defects']).toContain(readScenario(text).kind);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never throws for a scenario with one thing changed, and names the line', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(30), fc.string({ maxLength: 5 }), (at, length, put) => {
        const read = readScenario(good.slice(0, at) + put + good.slice(at + length));
        if (read.kind === 'defects') {
          expect(read.defects.length).toBeGreaterThan(0);
          for (const { line, message } of read.defects) expect(message.startsWith(`line ${line}: `)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
