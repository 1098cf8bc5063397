// `sip-retry send` against servers on the loopback interface: what it sends, what it tells, how it ends.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstHeader } from '../../../src/sip/header-list.js';
import type { Header } from '../../../src/sip/message.js';
import { runProgram } from '../run-program.js';
import { challenge, inTurn } from './scripted-server.js';
import { closedPort, eventsOf, Keyboard, printing, send, serverFor, storyOf } from './send-run.js';

const proxyChallenge: Header = [
  'Proxy-Authenticate',
  'Digest realm="example.com", nonce="n0", algorithm=MD5, qop="auth"',
];
const register = inTurn([[401, [challenge()]]], [[423, [['Min-Expires', '7200']]]], [[200, [['Expires', '7200']]]]);
const call = inTurn([100, [407, [proxyChallenge]]], [100, 180, 200]);

describe('send', () => {
  it.each(['udp', 'tcp'] as const)('registers through 401 and 423 over %s', async (transport) => {
    const server = await serverFor(register, transport);
    const run = await send(server, ['REGISTER', 'sip:alice@example.com', '--json'], {
      env: { SIP_PASSWORD: 'open sesame' },
    });
    expect(run).toMatchObject({ status: 0, stderr: '' });
    const events = eventsOf(run.stdout);
    expect(storyOf(events)).toEqual([
      ...['REGISTER', '401', '*authenticate', 'REGISTER', '423', '*raiseInterval', 'REGISTER', '200', '*accept'],
      '*outcome',
    ]);
    expect(events.at(-1)).toMatchObject({ outcome: 'accepted', status: 200, reason: null, detail: null, attempts: 3 });
    expect(server.requests.map(({ headers }) => firstHeader(headers, 'Expires'))).toEqual(['3600', '3600', '7200']);
    expect(events[0]).toMatchObject({ direction: 'sent', peer: server.name });
  });

  it('tells the ACK before what follows from the response, and hangs up an accepted call', async () => {
    const server = await serverFor(call);
    const run = await send(server, [
      'INVITE',
      'sip:bob@example.com',
      '--user',
      'alice',
      '--password',
      'open sesame',
      '--json',
    ]);
    expect(run.status).toBe(0);
    expect(storyOf(eventsOf(run.stdout))).toEqual([
      ...['INVITE', '100', '407', 'ACK', '*authenticate', 'INVITE', '100', '180', '200', 'ACK', '*accept'],
      ...['BYE', '200', '*accept', '*outcome'],
    ]);
  });

  it('holds the call for as long as --hang-up-after says, then sends the BYE (RFC 3261 §15.1.1)', async () => {
    const server = await serverFor(inTurn([100, 200]));
    const run = await send(server, ['INVITE', 'sip:bob@example.com', '--hang-up-after', '0.2', '--json']);
    expect(run.status).toBe(0);
    const events = eventsOf(run.stdout);
    const story = ['INVITE', '100', '200', 'ACK', '*accept', '*wait', 'BYE', '200', '*accept', '*outcome'];
    expect(storyOf(events)).toEqual(story);
    const wait = events[story.indexOf('*wait')];
    expect(wait?.['for']).toBe('call');
    expect(events[story.indexOf('BYE')]?.at).toBeGreaterThanOrEqual(Number(wait?.['until']) - 1);
  });

  it('draws the same as a ladder with times, and says how it ended', async () => {
    const server = await serverFor(call);
    const run = await send(server, ['INVITE', 'sip:bob@example.com', '--user', 'alice', '--password', 'open sesame']);
    const lines = run.stdout.split('\n');
    expect(lines[0]).toBe(`         UAC${`udp:127.0.0.1:${server.port}`.padStart(66)}`);
    expect(run.stdout).toMatch(
      /\d\.\d{3} │◀─+ 407 Proxy Authentication Required ──│\n(?: {9}│ {3,5}\S.*\n)+ +\d\.\d{3} │── ACK sip:bob@example\.com ─+▶│\n {9}│ +│\n +\d\.\d{3} │ ● authenticate/,
    );
    expect(run.stdout).toMatch(
      /── BYE sip:there@127\.0\.0\.1 ─+▶│\n {9}│ +│\n.*◀─+ 200 OK ──│\n\naccepted with 200, after 2 attempts\n$/,
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('gives up with 1 and says why', async () => {
    const server = await serverFor(inTurn([486]));
    const run = await send(server, ['INVITE', 'sip:bob@example.com']);
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/\ngave up after 1 attempt: busy\n {2}the called party is busy\n$/);
    // The failure is acknowledged before the program ends.
    await server.arrival('ACK');
  });

  it('acknowledges a 486 again that the server repeats because the ACK was lost (RFC 3261 §17.1.1.2)', async () => {
    const server = await serverFor(inTurn([486]));
    const running = send(server, ['INVITE', 'sip:bob@example.com']);
    const invite = await server.arrival('INVITE');
    await server.arrival('ACK');
    server.answer(invite, 486);
    expect((await running).status).toBe(1);
    expect(server.wire.filter((text) => text.startsWith('ACK '))).toHaveLength(2);
  });

  it('says what to give when there are no credentials', async () => {
    const server = await serverFor(inTurn([[401, [challenge()]]]));
    const run = await send(server, ['REGISTER', 'sip:alice@example.com']);
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('gave up after 1 attempt: noCredentials\n');
    expect(run.stdout).toContain('--password-file or the environment variable SIP_PASSWORD');
  });

  it('says which server cannot be reached, and tries the next one', async () => {
    const port = await closedPort();
    const alone = await runProgram(['send', 'INVITE', 'sip:bob@example.com', '--server', `tcp:127.0.0.1:${port}`]);
    expect(alone.status).toBe(1);
    expect(alone.stdout.match(new RegExp(`TCP 127.0.0.1:${port}: nothing listens on that port`, 'g'))).toHaveLength(1);
    expect(alone.stdout).toContain('gave up after 1 attempt: noServerLeft\n');
    const server = await serverFor(inTurn([200]), 'tcp');
    const argv = ['send', 'OPTIONS', 'sip:example.com', '--server', `tcp:127.0.0.1:${port}`, '--server', server.name];
    const both = await runProgram([...argv, '--json']);
    expect(both.status).toBe(0);
    expect(storyOf(eventsOf(both.stdout))).toEqual([
      '*failure',
      '*tryOtherServer',
      'OPTIONS',
      '200',
      '*accept',
      '*outcome',
    ]);
  });

  it('says that a certificate was refused, in one sentence, and lets the policy decide (RFC 3261 §26.3.1, §8.1.3.1)', async () => {
    const server = await serverFor(inTurn([200]), 'tls');
    const run = await send(server, ['INVITE', 'sip:bob@example.com', '--json']);
    expect(run).toMatchObject({ status: 1, stderr: '' });
    const events = eventsOf(run.stdout);
    expect(storyOf(events)).toEqual(['*failure', '*giveUp', '*outcome']);
    expect(events[0]?.['why']).toMatch(
      new RegExp(`^TLS 127.0.0.1:${server.port}: its certificate was not accepted \\(.*NODE_EXTRA_CA_CERTS\\.$`),
    );
    expect(events.at(-1)).toMatchObject({ reason: 'noServerLeft', attempts: 1 });
    expect(server.requests).toEqual([]);
  });

  it('tries the next server where a certificate was refused (RFC 3263 §4.3)', async () => {
    const refused = await serverFor(inTurn([200]), 'tls');
    const server = await serverFor(inTurn([200]));
    const argv = ['send', 'OPTIONS', 'sip:example.com', '--server', refused.name, '--server', server.name, '--json'];
    const run = await runProgram(argv);
    expect(run.status).toBe(0);
    expect(storyOf(eventsOf(run.stdout)).slice(0, 3)).toEqual(['*failure', '*tryOtherServer', 'OPTIONS']);
  });

  it('says that a host is not known, and lets the policy decide (RFC 3263 §4.3)', async () => {
    const run = await runProgram(['send', 'INVITE', 'sip:bob@nobody.invalid', '--json']);
    expect(run.status).toBe(1);
    const events = eventsOf(run.stdout);
    expect(storyOf(events)).toEqual(['*failure', '*giveUp', '*outcome']);
    expect(events[0]?.['why']).toContain('nobody.invalid');
    expect(events.at(-1)).toMatchObject({ outcome: 'gaveUp', reason: 'noServerLeft', attempts: 1 });
  });

  it('waits before the next attempt where a server cannot be reached, until Ctrl-C (RFC 3261 §21.5.4)', async () => {
    const port = await closedPort();
    const keyboard = new Keyboard();
    const waiting = printing(/"event":"wait"/);
    const argv = ['send', 'OPTIONS', 'sip:example.com', '--server', `tcp:127.0.0.1:${port}`, '--json'];
    const run = runProgram(argv, { onInterrupt: keyboard.onInterrupt, onPrint: waiting.onPrint });
    await waiting.seen;
    keyboard.pressCtrlC();
    const { status, stdout } = await run;
    expect(status).toBe(130);
    const events = eventsOf(stdout);
    expect(storyOf(events).slice(0, 3)).toEqual(['*failure', '*wait', '*wait']);
    expect(events.at(-1)).toMatchObject({ outcome: 'cancelled', attempts: 1, detail: { because: 'interrupted' } });
  });

  it('refuses at once what nothing here speaks', async () => {
    const run = await runProgram(['send', 'OPTIONS', 'sip:example.com;transport=sctp', '--json']);
    expect(run.status).toBe(1);
    expect(eventsOf(run.stdout)).toMatchObject([{ event: 'outcome', reason: 'noServerLeft', attempts: 0 }]);
  });

  it('dials more digits after each 484 (RFC 3578 §3.2)', async () => {
    const server = await serverFor(inTurn([484], [484], [200]));
    const argv = ['INVITE', 'sip:12@example.com', '--more-digits', '3', '--more-digits', '45', '--json'];
    expect((await send(server, argv)).status).toBe(0);
    const dialled = server.requests.filter(({ method }) => method === 'INVITE').map(({ uri }) => uri);
    expect(dialled).toEqual(['sip:12@example.com', 'sip:123@example.com', 'sip:12345@example.com']);
  });

  it('sends the alternative body that a 415 accepts (RFC 3261 §21.4.13)', async () => {
    const server = await serverFor(inTurn([[415, [['Accept', 'text/plain']]]], [200]));
    const files = { 'note.html': '<p>hello</p>', 'other.xml': '<p/>', 'note.txt': 'hello' };
    const bodies = ['--body', 'note.html', '--alternative-body', 'other.xml', '--alternative-body', 'note.txt'];
    expect((await send(server, ['MESSAGE', 'sip:bob@example.com', ...bodies], { files })).status).toBe(0);
    expect(server.requests.map(({ body }) => body)).toEqual(['<p>hello</p>', 'hello']);
    expect(server.requests.map(({ headers }) => firstHeader(headers, 'Content-Type'))).toEqual([
      'text/html',
      'text/plain',
    ]);
  });

  it('lists what is supported, and requires it where a 421 wants that (RFC 3261 §21.4.16)', async () => {
    const server = await serverFor(inTurn([[421, [['Require', 'timer']]]], [200]));
    const argv = ['INVITE', 'sip:bob@example.com', '--supported', 'timer,replaces', '--header', 'Supported: replaces'];
    expect((await send(server, argv)).status).toBe(0);
    const [first, again] = server.requests.filter(({ method }) => method === 'INVITE');
    expect(firstHeader(first?.headers ?? [], 'Supported')).toBe('replaces');
    expect(JSON.stringify(again?.headers)).toMatch(/timer/);
  });

  it('keeps to the limits and the policy that it is given', async () => {
    const server = await serverFor(register);
    const limited = await send(server, [
      'REGISTER',
      'sip:alice@example.com',
      '--password',
      'sesame',
      '--limits',
      '{"maxAttempts":1}',
      '--json',
    ]);
    expect(eventsOf(limited.stdout).at(-1)).toMatchObject({
      outcome: 'gaveUp',
      attempts: 1,
      detail: { limit: 'maxAttempts' },
    });
    const policy = '{"extends": "rfc", "entries": {"486": [{"do": "giveUp", "because": "declined", "cite": "local"}]}}';
    const busy = await serverFor(inTurn([486]));
    const run = await send(busy, ['INVITE', 'sip:bob@example.com', '--policy', 'p.json', '--json'], {
      files: { 'p.json': policy },
    });
    expect(eventsOf(run.stdout).at(-1)).toMatchObject({ reason: 'declined' });
  });

  it('cancels after --timeout, and exits with 1', async () => {
    const server = await serverFor(({ method }) => (method === 'INVITE' ? [100, 180] : [200]));
    void server
      .arrival('CANCEL')
      .then(() => server.arrival('INVITE'))
      .then((invite) => server.answer(invite, 487));
    const run = await send(server, ['INVITE', 'sip:bob@example.com', '--timeout', '0.2', '--json']);
    expect(run.status).toBe(1);
    expect(eventsOf(run.stdout).at(-1)).toMatchObject({ outcome: 'cancelled', detail: { because: 'timeout' } });
    expect(server.requests.map(({ method }) => method)).toEqual(['INVITE', 'CANCEL', 'ACK']);
  });

  it('notices that the other side has hung up, and answers its BYE', async () => {
    const server = await serverFor(inTurn([200]));
    void server.arrival('ACK').then((ack) => {
      const from = firstHeader(ack.headers, 'To') ?? '';
      const to = firstHeader(ack.headers, 'From') ?? '';
      const rows = [
        `From: ${from}`,
        `To: ${to}`,
        `Call-ID: ${firstHeader(ack.headers, 'Call-ID') ?? ''}`,
        'CSeq: 7 BYE',
      ];
      const via = `Via: SIP/2.0/UDP 127.0.0.1:${server.port};branch=z9hG4bKbye`;
      server.send(
        ['BYE sip:anonymous@127.0.0.1 SIP/2.0', via, 'Max-Forwards: 70', ...rows, 'Content-Length: 0', '', ''].join(
          '\r\n',
        ),
      );
    });
    const run = await send(server, ['INVITE', 'sip:bob@example.com', '--hang-up-after', '60']);
    expect(run.status).toBe(0);
    expect(run.stdout).toMatch(/│◀─+ BYE sip:anonymous@127\.0\.0\.1 ──│/);
    expect(run.stdout).toMatch(/│── 200 OK ─+▶│/);
    expect(run.stdout).toContain('· the other side has hung up');
    expect(run.stdout).toContain('in the call for 1 min');
  });
});

describe('Ctrl-C', () => {
  it('cancels a call that rings, then tells the outcome (RFC 3261 §9.1)', async () => {
    const server = await serverFor(({ method }) => (method === 'INVITE' ? [100, 180] : [200]));
    const keyboard = new Keyboard();
    const { onPrint, seen } = printing(/180 Ringing/);
    void seen.then(() => keyboard.pressCtrlC());
    void server
      .arrival('CANCEL')
      .then(() => server.arrival('INVITE'))
      .then((invite) => server.answer(invite, 487));
    const { onInterrupt } = keyboard;
    const run = await send(server, ['INVITE', 'sip:bob@example.com'], { onInterrupt, onPrint });
    expect(run.status).toBe(130);
    expect(run.stdout).toContain('200 OK to CANCEL');
    expect(run.stdout).toContain('487 Request Terminated');
    expect(run.stdout).toMatch(/\ncancelled after 1 attempt: Ctrl-C\n$/);
    expect(server.requests.map(({ method }) => method)).toEqual(['INVITE', 'CANCEL', 'ACK']);
  });

  it('waits for a provisional response before the CANCEL, and says so', async () => {
    const server = await serverFor(({ method }) => (method === 'INVITE' ? [] : [200]));
    const keyboard = new Keyboard();
    const { onPrint, seen } = printing(/before a provisional response has come/);
    void server.arrival('INVITE').then(async (invite) => {
      keyboard.pressCtrlC();
      await seen;
      server.answer(invite, 180);
      await server.arrival('CANCEL');
      server.answer(invite, 487);
    });
    const { onInterrupt } = keyboard;
    const run = await send(server, ['INVITE', 'sip:bob@example.com'], { onInterrupt, onPrint });
    expect(run.status).toBe(130);
    expect(server.requests.map(({ method }) => method)).toEqual(['INVITE', 'CANCEL', 'ACK']);
  });

  it('hangs up a call that was accepted while it was cancelled (RFC 3261 §15)', async () => {
    const server = await serverFor(({ method }) => (method === 'INVITE' ? [180] : [200]));
    const keyboard = new Keyboard();
    const { onPrint, seen } = printing(/180 Ringing/);
    void seen.then(() => keyboard.pressCtrlC());
    void server
      .arrival('CANCEL')
      .then(() => server.arrival('INVITE'))
      .then((invite) => server.answer(invite, 200));
    const { onInterrupt } = keyboard;
    const run = await send(server, ['INVITE', 'sip:bob@example.com'], { onInterrupt, onPrint });
    expect(run.status).toBe(130);
    expect(server.requests.map(({ method }) => method).sort()).toEqual(['ACK', 'BYE', 'CANCEL', 'INVITE']);
  });

  it.each([
    [
      'hangs up an answered call',
      inTurn([200]),
      ['--hang-up-after', '60'],
      /in the call for/,
      ['INVITE', 'ACK', 'BYE'],
    ],
    ['ends a wait for Retry-After', inTurn([[486, [['Retry-After', '60']]]]), [], /waiting 1 min/, ['INVITE', 'ACK']],
  ] as const)('%s', async (_what, script, options, pattern, methods) => {
    const server = await serverFor(script);
    const keyboard = new Keyboard();
    const { onPrint, seen } = printing(pattern);
    void seen.then(() => keyboard.pressCtrlC());
    const { onInterrupt } = keyboard;
    const run = await send(server, ['INVITE', 'sip:bob@example.com', ...options], { onInterrupt, onPrint });
    expect(run.status).toBe(130);
    expect(server.requests.map(({ method }) => method)).toEqual(methods);
  });

  it('leaves at once the second time, with an outcome', async () => {
    const server = await serverFor(() => []);
    const keyboard = new Keyboard();
    void server.arrival('INVITE').then(() => {
      keyboard.pressCtrlC();
      keyboard.pressCtrlC();
    });
    const run = await send(server, ['INVITE', 'sip:bob@example.com', '--json'], { onInterrupt: keyboard.onInterrupt });
    expect(run.status).toBe(130);
    expect(eventsOf(run.stdout).at(-1)).toMatchObject({
      outcome: 'cancelled',
      detail: { because: 'interrupted' },
      attempts: 1,
    });
  });

  it('removes a binding that was kept (RFC 3261 §10.2.2)', async () => {
    const server = await serverFor((request) => [
      [
        200,
        [
          [
            'Contact',
            `${firstHeader(request.headers, 'Contact') ?? ''};expires=${firstHeader(request.headers, 'Expires') ?? ''}`,
          ],
        ],
      ],
    ]);
    const run = await keepUntilCtrlC(server);
    expect(run.status).toBe(130);
    expect(server.requests.map(({ headers }) => firstHeader(headers, 'Expires'))).toEqual(['3600', '0']);
  });

  it('does not wait for a registrar that does not take the removal', async () => {
    const server = await serverFor((request, nth) =>
      nth === 1 ? [[200, [['Contact', `${firstHeader(request.headers, 'Contact') ?? ''};expires=3600`]]]] : [503],
    );
    const run = await keepUntilCtrlC(server);
    expect(run.status).toBe(130);
    expect(server.requests.map(({ headers }) => firstHeader(headers, 'Expires'))).toEqual(['3600', '0']);
    expect(run.stdout).toContain('the binding is not removed; it ends when its interval does');
  });

  it.each([
    ['Ctrl-C', [], 130],
    ['--timeout', ['--timeout', '0.5'], 1],
  ])('leaves at once with %s where nothing was registered', async (how, options, status) => {
    const server = await serverFor(() => [503]);
    const keyboard = new Keyboard();
    const { onPrint, seen } = printing(/before the next attempt/);
    if (how === 'Ctrl-C') void seen.then(() => keyboard.pressCtrlC());
    const { onInterrupt } = keyboard;
    const argv = ['REGISTER', 'sip:alice@example.com', '--keep', ...options];
    const run = await send(server, argv, { onInterrupt, onPrint });
    expect(run.status).toBe(status);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a person at the terminal', () => {
  it('is asked for the user name and, hidden, for the password; neither the ladder nor the trace shows it', async () => {
    const server = await serverFor(inTurn([[401, [challenge('a realm')]]], [200]));
    const asked: (readonly [string, boolean])[] = [];
    const run = await send(server, ['OPTIONS', 'sip:example.com', '--json'], {
      ask: (question, isHidden) => {
        asked.push([question, isHidden]);
        return Promise.resolve(isHidden ? 'open sesame' : 'alice');
      },
    });
    expect(run.status).toBe(0);
    expect(asked).toEqual([
      ['User name for a realm: ', false],
      ['Password of alice for a realm: ', true],
    ]);
    expect(firstHeader(server.requests[1]?.headers ?? [], 'Authorization')).toContain('username="alice"');
    const events = eventsOf(run.stdout);
    expect(storyOf(events)).toEqual([
      'OPTIONS',
      '401',
      '*authenticate',
      '*ask',
      'OPTIONS',
      '200',
      '*accept',
      '*outcome',
    ]);
    const question = events.find(({ event }) => event === 'ask');
    expect(question?.['for']).toBe('credentials');
    expect(Number(question?.['until']) - (question?.at ?? 0)).toBeGreaterThan(59_000);
  });

  it('is asked for the password alone where the user name is known, and gives up with an empty line', async () => {
    const server = await serverFor(inTurn([[401, [challenge('a realm')]]], [200]));
    const asked: string[] = [];
    const run = await send(server, ['REGISTER', 'sip:alice@example.com', '--json'], {
      ask: (question) => {
        asked.push(question);
        return Promise.resolve(undefined);
      },
    });
    expect(asked).toEqual(['Password of alice for a realm: ']);
    expect(run.status).toBe(1);
    expect(eventsOf(run.stdout).at(-1)).toMatchObject({ outcome: 'gaveUp', reason: 'noCredentials', attempts: 1 });
  });

  it('is asked for digits when the decision is printed, and again after a wrong answer', async () => {
    const server = await serverFor(inTurn([484], [200]));
    const answers = ['five', ' 5 '];
    let printed = '';
    const before: string[] = [];
    const run = await send(server, ['INVITE', 'sip:12@example.com'], {
      onPrint: (stdout) => void (printed = stdout),
      ask: () => {
        before.push(printed);
        return Promise.resolve(answers.shift());
      },
    });
    expect(run.status).toBe(0);
    expect(before).toHaveLength(2);
    expect(before[0]).toMatch(/── ACK [\s\S]*● extendDigits/);
    expect(server.requests.at(-1)?.uri).toBe('sip:there@127.0.0.1');
    expect(server.requests.filter(({ method }) => method === 'INVITE').at(-1)?.uri).toBe('sip:125@example.com');
  });

  it('chooses an address by its number; an empty line gives up', async () => {
    const contact: Header = ['Contact', '<sip:bob@127.0.0.1;x=1>;q=0.5, <sip:bobby@127.0.0.1>;q=0.9'];
    const server = await serverFor(inTurn([[300, [contact]]], [200]));
    let question = '';
    const ask = (text: string): Promise<string> => {
      question = text;
      return Promise.resolve('2');
    };
    const chosen = await send(server, ['MESSAGE', 'sip:bob@example.com', '--json'], { ask });
    expect(chosen.status).toBe(0);
    expect(storyOf(eventsOf(chosen.stdout))).toEqual([
      ...['MESSAGE', '300', '*chooseTarget', '*ask', 'MESSAGE', '200', '*accept', '*outcome'],
    ]);
    expect(question).toMatch(/ {2}1 {2}sip:bobby@127\.0\.0\.1\n {2}2 {2}sip:bob@127\.0\.0\.1;x=1\n/);
    expect(server.requests[1]?.uri).toBe('sip:bob@127.0.0.1;x=1');
    const other = await serverFor(inTurn([[300, [contact]]]));
    const run = await send(other, ['MESSAGE', 'sip:bob@example.com'], { ask: () => Promise.resolve(undefined) });
    expect(run.status).toBe(1);
  });

  it('sees a countdown while nothing happens, in the width of the terminal', async () => {
    const server = await serverFor(inTurn([[503, [['Retry-After', '60']]]]));
    const keyboard = new Keyboard();
    const { onPrint, seen } = printing(/\d+ s left|1 min/);
    void seen.then(() => keyboard.pressCtrlC());
    const { onInterrupt } = keyboard;
    const run = await send(server, ['OPTIONS', 'sip:example.com'], {
      onInterrupt,
      onPrint,
      isTerminal: true,
      columns: 44,
    });
    const counted = run.stdout.split('\r\x1b[2K').filter((part) => part.includes('waiting, as'));
    expect(counted.length).toBeGreaterThan(0);
    for (const part of counted) expect(part.length).toBeLessThan(44);
  });

  it('gets no escape sequence on a dumb terminal, and no colour with NO_COLOR', async () => {
    const server = await serverFor(inTurn([[503, [['Retry-After', '1']]]], [200]));
    const dumb = await send(server, ['OPTIONS', 'sip:example.com'], { isTerminal: true, env: { TERM: 'dumb' } });
    expect(dumb.stdout).not.toContain('\x1b');
    const plain = await send(server, ['OPTIONS', 'sip:example.com'], { isTerminal: true, env: { NO_COLOR: '1' } });
    expect(plain.stdout.replaceAll('\r\x1b[2K', '')).not.toContain('\x1b');
  });
});

describe('secrets', () => {
  it('never leave the program but on the wire', async () => {
    const server = await serverFor(call);
    const password = 'open sesame';
    const folder = await mkdtemp(join(tmpdir(), 'sip-retry-'));
    const trace = join(folder, 'trace.jsonl');
    const given = ['--user', 'alice', '--password', password, '--header', `Subject: ${password}`];
    const json = await send(server, ['INVITE', 'sip:bob@example.com', ...given, '--json', '--trace', trace]);
    const again = await serverFor(call);
    const ladder = await send(again, ['INVITE', 'sip:bob@example.com', ...given]);
    const traced = await readFile(trace, 'utf8');
    const { mode } = await stat(trace);
    await rm(folder, { recursive: true });
    expect(traced).toBe(json.stdout);
    expect(mode & 0o077).toBe(0);
    const printed = [json.stdout, json.stderr, ladder.stdout, ladder.stderr].join('');
    const sent = [...server.wire, ...again.wire].join('\n');
    const responses = [...sent.matchAll(/\bresponse="([0-9a-f]{32})"/g)].map(([, digest = '']) => digest);
    const cnonces = [...sent.matchAll(/\bcnonce="([^"]+)"/g)].map(([, cnonce = '']) => cnonce);
    const ha1 = createHash('md5').update(`alice:example.com:${password}`).digest('hex');
    expect(responses.length).toBeGreaterThanOrEqual(2);
    expect([password, ha1, ...responses, ...cnonces].filter((secret) => printed.includes(secret))).toEqual([]);
    expect(sent).toContain(`Subject: ${password}`);
  });
});

describe('unusable arguments', () => {
  it.each([
    [['send', 'OPTIONS'], "missing required argument 'request-uri'"],
    [['send', 'OPTIONS', 'sip:h', '--passwrd=geheim'], "unknown option '--passwrd=…'"],
    [['send', 'OPTIONS', 'sip:h?Subject=x'], 'it has header fields behind a "?"'],
    [['send', 'OPTIONS', 'sip:h', '--trace', 'none/trace'], 'none/trace: the folder for it is missing'],
    [['send', 'OPTIONS', 'sip:h', '--trace', ''], '"": it is a folder'],
    [['send', 'OPTIONS', 'sip:h', '--timeout', '0'], '--timeout: it is 0'],
    [['send', 'OPTIONS', 'sip:h', '--user', 'a\r\nVia: x'], '--user: it is empty or holds a control character'],
    [['send', 'OPTIONS', 'sip:h', '--password', ''], '--password: it is empty'],
    [['send', 'MESSAGE', 'sip:h', '--body', '-', '--password-file', '-'], 'standard input is named twice'],
    [['send', 'OPTIONS', 'sip:h', '--content-type', 'text/plain'], '--content-type: there is no body'],
  ])('%j get one line and exit status 2', async (argv, sentence) => {
    const run = await runProgram(argv);
    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toMatch(/^sip-retry: [^\n]+\n$/);
    expect(run.stderr).toContain(sentence);
    expect(run.stderr).not.toContain('geheim');
  });
});

/** Registers and keeps the binding, until somebody presses Ctrl-C when it is there. */
async function keepUntilCtrlC(server: Parameters<typeof send>[0]): ReturnType<typeof send> {
  const keyboard = new Keyboard();
  const { onPrint, seen } = printing(/registered for 1 h, refreshed in/);
  void seen.then(() => keyboard.pressCtrlC());
  const { onInterrupt } = keyboard;
  return send(server, ['REGISTER', 'sip:alice@example.com', '--keep'], { onInterrupt, onPrint });
}
