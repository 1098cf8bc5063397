import { describe, expect, it } from 'vitest';
import {
  busy,
  challenge,
  credentials,
  invite,
  message,
  ok,
  password,
  register,
  request,
  response,
  sdp,
  tooBrief,
  unauthorized,
} from './messages.js';
import { type Line, linesOf, type Run, runProgram, type Surroundings } from './run-program.js';

const KEYS = [
  'attempt',
  'status',
  'treatedAs',
  'action',
  'impact',
  'aftermath',
  'rule',
  'cite',
  'trace',
  'delayMs',
  'notes',
  'request',
];

/** Runs `decide --json` on a request and answers, which are events (`@timeout`) or contents of files. */
async function decide(
  first: string,
  answers: readonly string[],
  config?: object | string,
  more: readonly string[] = ['--seed', '1'],
  surroundings: Surroundings = {},
): Promise<Run & { readonly lines: readonly Line[] }> {
  const files: Record<string, string | Uint8Array> = { 'request.sip': first, ...surroundings.files };
  const options = answers.flatMap((answer, index) => {
    if (answer.startsWith('@')) return ['--response', answer];
    files[`${index}.sip`] = answer;
    return ['--response', `${index}.sip`];
  });
  if (config !== undefined) {
    files['config.json'] = typeof config === 'string' ? config : JSON.stringify(config);
    options.push('--config', 'config.json');
  }
  const run = await runProgram(['decide', '--request', 'request.sip', ...options, '--json', ...more], {
    ...surroundings,
    files,
  });
  return { ...run, lines: run.status === 0 ? linesOf(run.stdout) : [] };
}

const types = ({ lines }: { readonly lines: readonly Line[] }): readonly string[] =>
  lines.map(({ action }) => action.type);

const headerOf = (text: string | null | undefined, name: string): string | undefined =>
  text
    ?.split('\r\n')
    .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}: `))
    ?.slice(name.length + 2);

describe('decide --json', () => {
  it('prints one object a line with its members in the documented order', async () => {
    const { status, stdout, stderr } = await decide(register, [unauthorized, tooBrief, ok], credentials);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(Object.keys(JSON.parse(line) as object)).toEqual(KEYS);
  });

  it('takes each response as the answer to the request that the one before produced', async () => {
    const run = await decide(register, [unauthorized, tooBrief, ok], credentials);
    expect(types(run)).toEqual(['authenticate', 'raiseInterval', 'accept']);
    const [first, second, third] = run.lines;
    expect(run.lines.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(headerOf(first?.request, 'CSeq')).toBe('2 REGISTER');
    expect(headerOf(second?.request, 'CSeq')).toBe('3 REGISTER');
    expect(headerOf(second?.request, 'Expires')).toBe('1800');
    expect(headerOf(second?.request, 'Authorization')).toContain('nc=00000002');
    expect(third?.request).toBeNull();
  });

  it('gives the next request as text that can be read again', async () => {
    const { lines } = await decide(register, [tooBrief]);
    const next = lines[0]?.request ?? '';
    const again = await decide(next, [ok]);
    expect(types(again)).toEqual(['accept']);
    expect(again.lines[0]?.notes).toEqual([]);
  });

  it('cites sections for every decision, accept included', async () => {
    const answers = [ok, response(404), response(431), response(299), response(302), response(603), '@timeout'];
    for (const answer of answers) {
      const { lines } = await decide(register, [answer]);
      expect(lines[0]?.cite.length).toBeGreaterThan(0);
      expect(lines[0]?.cite.every((cite) => /^(?:RFC \d+ §|local)/.test(cite))).toBe(true);
    }
  });

  it('names the entry that an unknown code is treated as by a number (RFC 3261 §8.1.3.2)', async () => {
    const { lines } = await decide(register, [response(431)]);
    expect(lines[0]).toMatchObject({ status: 431, treatedAs: 400 });
    expect(lines[0]?.rule).toMatch(/^4xx#/);
  });

  it('lists the conditions looked at and how each came out', async () => {
    const { lines } = await decide(register, [tooBrief]);
    expect(lines[0]?.trace).toEqual([
      { condition: 'intervalApplies', held: true },
      { condition: 'intervalBelowMinimum', held: true },
      { condition: 'minimumAcceptable', held: true },
    ]);
  });

  it('says 0 for delayMs when nothing is waited for, and how long when something is', async () => {
    expect((await decide(register, [tooBrief])).lines[0]?.delayMs).toBe(0);
    const { lines } = await decide(invite, [busy]);
    expect(lines[0]?.action.type).toBe('wait');
    expect(lines[0]?.delayMs).toBeGreaterThanOrEqual(60_000);
    expect(lines[0]?.delayMs).toBe(lines[0]?.action['delayMs']);
  });

  it('says what a refusal inside a dialog ends and what is left to do (RFC 5057 §5.1)', async () => {
    const inDialog = invite.replace('To: <sip:bob@example.net>', 'To: <sip:bob@example.net>;tag=b1');
    const { lines } = await decide(inDialog, [response(481)]);
    expect(lines[0]).toMatchObject({ impact: 'usage', aftermath: 'sendBye', action: { type: 'giveUp' } });
  });

  it('has no request after giving up', async () => {
    const { lines } = await decide(invite, [response(404)]);
    expect(lines[0]).toMatchObject({ action: { type: 'giveUp', reason: 'notFound' }, request: null });
  });
});

describe('answers that are no final response', () => {
  it('reads @timeout as 408 (RFC 3261 §8.1.3.1)', async () => {
    const { lines } = await decide(register, ['@timeout']);
    expect(lines[0]).toMatchObject({ status: 408, treatedAs: 408, action: { type: 'wait' } });
  });

  it('reads @transport-error as 503 (RFC 3261 §8.1.3.1)', async () => {
    const servers = ['sip:one.example.com', 'sip:two.example.com'];
    const { lines } = await decide(invite, ['@transport-error'], { servers });
    expect(lines[0]).toMatchObject({
      status: 503,
      action: { type: 'tryOtherServer', server: 'sip:two.example.com', reorigination: 'failover' },
    });
  });

  it('prints nothing for a 1xx alone', async () => {
    expect(await decide(invite, [response(180)])).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('notes a 1xx with the next decision, which knows that somebody may be ringing (RFC 3263 §4.3)', async () => {
    const servers = ['sip:one.example.com', 'sip:two.example.com'];
    const { lines } = await decide(invite, [message('SIP/2.0 180 Ringing'), response(503)], { servers });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.attempt).toBe(1);
    expect(lines[0]?.action.type).not.toBe('tryOtherServer');
    expect(lines[0]?.notes).toEqual(['180 Ringing came before']);
  });

  it('forgets a 1xx of the attempt before', async () => {
    const { lines } = await decide(register, [response(100), unauthorized, tooBrief], credentials);
    expect(lines.map(({ notes }) => notes)).toEqual([['100 Whatever came before'], []]);
  });

  it('prints why a response with two Vias is discarded, and goes on (RFC 3261 §8.1.3.3)', async () => {
    const twoVias = response(401, ['Via: SIP/2.0/UDP one.example.com', 'Via: SIP/2.0/UDP two.example.com']);
    const { stdout, lines } = await decide(register, [twoVias, ok]);
    const [first = '', second = ''] = stdout.split('\n');
    expect(first).toMatch(/^\{"discarded":"[^"]*more than one Via[^"]*"\}$/);
    expect(JSON.parse(second)).toMatchObject({ attempt: 1, action: { type: 'accept' } });
    expect(lines).toHaveLength(2);
  });

  it('discards the status 4294967301 (RFC 4475 §3.1.2.19)', async () => {
    const { status, stdout } = await decide(register, [message('SIP/2.0 4294967301 better not break')]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\{"discarded":".*4294967301.*"\}\n$/);
  });
});

describe('a response that answers another request', () => {
  const strange = (headers: readonly string[]): string => response(423, ['Min-Expires: 1800', ...headers]);

  it.each([
    ['branch', 'Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKother'],
    ['From tag', 'From: <sip:alice@example.com>;tag=other'],
    ['CSeq', 'CSeq: 77 REGISTER'],
    ['Call-ID', 'Call-ID: other'],
  ])('is taken although its %s differs, which is noted', async (what, header) => {
    const { status, lines } = await decide(register, [strange([header])]);
    expect(status).toBe(0);
    expect(lines[0]?.action.type).toBe('raiseInterval');
    expect(lines[0]?.notes).toEqual([expect.stringContaining(`the ${what} of the response is`)]);
  });

  it('is compared with the current request, not with the first', async () => {
    const stale = response(423, ['Min-Expires: 1800', 'CSeq: 1 REGISTER']);
    const { lines } = await decide(register, [unauthorized, stale], credentials);
    expect(lines[1]?.notes).toEqual(['the CSeq of the response is 1 REGISTER, but 2 REGISTER was sent']);
  });

  it('may have a To tag of its own outside a dialog (RFC 3261 §8.2.6.2)', async () => {
    const { lines } = await decide(register, [strange(['To: <sip:bob@example.net>;tag=new'])]);
    expect(lines[0]?.notes).toEqual([]);
  });
});

describe('notes', () => {
  it('say what was ignored while a file was read, with its line', async () => {
    const odd = response(423, ['Min-Expires: 1800']).replace('Min-Expires', 'no header field at all\r\nMin-Expires');
    const { lines } = await decide(register, [odd]);
    expect(lines[0]?.notes).toEqual([expect.stringMatching(/^0\.sip, line 2: .*no header field at all/)]);
  });
});

describe('a JSON line', () => {
  it('holds nothing that a terminal or a reader of lines would act on', async () => {
    const hostile = response(423, [
      'Min-Expires: 1800',
      'CSeq: 1\u009bJ\u2028\u0085\u001b[2J REGISTER',
      '\u007f\u009b: x',
    ]);
    const { stdout, lines } = await decide(register, [hostile]);
    expect(stdout.slice(0, -1)).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029]/);
    expect(lines[0]?.notes.join()).toContain('\u009b');
  });
});

describe('time', () => {
  it('counts a wait as elapsed', async () => {
    const limits = { maxElapsedMs: 100_000, spread: 0 };
    const { lines } = await decide(invite, [busy, busy], { limits });
    expect(lines[0]).toMatchObject({ action: { type: 'wait' }, delayMs: 60_000 });
    expect(lines[1]).toMatchObject({
      action: { type: 'giveUp', reason: 'deadlinePassed', detail: { limit: 'maxElapsedMs', found: 120_000 } },
      delayMs: 0,
      request: null,
    });
  });
});

describe('chance', () => {
  const answers = [unauthorized, response(500, ['Retry-After: 100'])];

  it('comes from the seed: the same seed gives the same output', async () => {
    const [one, same, other] = [
      await decide(register, answers, credentials, ['--seed', '7']),
      await decide(register, answers, credentials, ['--seed', '7']),
      await decide(register, answers, credentials, ['--seed', '8']),
    ];
    expect(one.stdout).toBe(same.stdout);
    expect(one.stdout).not.toBe(other.stdout);
    expect(one.lines[1]?.delayMs).not.toBe(other.lines[1]?.delayMs);
  });

  it('is the system’s without a seed', async () => {
    const [one, other] = [
      await decide(register, answers, credentials, []),
      await decide(register, answers, credentials, []),
    ];
    expect(headerOf(one.lines[0]?.request, 'Via')).not.toBe(headerOf(other.lines[0]?.request, 'Via'));
  });

  it('refuses a seed that is no whole number', async () => {
    const run = await decide(register, answers, credentials, ['--seed', 'x']);
    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toMatch(/^sip-retry: .*--seed.*whole number.*\n$/);
  });
});

describe('credentials', () => {
  it('answer a challenge of their realm, with a password or an HA1', async () => {
    // MD5 of alice:example.com:open-sesame-42, so both give the same response.
    const withPassword = { credentials: [{ realm: 'example.com', username: 'alice', password }] };
    const withHa1 = {
      credentials: [{ realm: 'example.com', username: 'alice', ha1: '5c0ad4ddd3dfeddcb49b4bcd4f3ad2c4' }],
    };
    for (const config of [withPassword, withHa1]) {
      const { lines } = await decide(register, [unauthorized], config);
      expect(headerOf(lines[0]?.request, 'Authorization')).toMatch(/^Digest username="alice", realm="example.com"/);
    }
  });

  it('that answer no challenge mean giving up with noCredentials', async () => {
    const { lines } = await decide(register, [unauthorized], {
      credentials: [{ realm: 'elsewhere', username: 'alice', password }],
    });
    expect(lines[0]).toMatchObject({ action: { type: 'giveUp', reason: 'noCredentials' }, request: null });
  });

  it('given as an empty list mean the same', async () => {
    const { lines } = await decide(register, [unauthorized], { credentials: [] });
    expect(lines[0]?.action).toMatchObject({ type: 'giveUp', reason: 'noCredentials' });
  });

  it('must be asked for where none are configured: the action stands, the request is null', async () => {
    const { lines } = await decide(register, [unauthorized]);
    expect(lines[0]).toMatchObject({ action: { type: 'authenticate' }, request: null });
  });

  it('with an HA1 answer the alternative that it fits (RFC 8760 §2.3)', async () => {
    const both = response(401, [
      challenge('example.com', 'n1', ', algorithm=SHA-256'),
      challenge('example.com', 'n2', ', algorithm=MD5'),
    ]);
    const { lines } = await decide(register, [both], {
      credentials: [{ username: 'alice', ha1: '0123456789abcdef0123456789abcdef' }],
    });
    expect(headerOf(lines[0]?.request, 'Authorization')).toContain('nonce="n2"');
  });

  it('answer a user agent and a proxy in turn, each request carrying both (RFC 3261 §22.3)', async () => {
    const proxy = response(407, [challenge('proxy', 'n2').replace('WWW', 'Proxy')]);
    const { lines } = await decide(register, [unauthorized, proxy, tooBrief], credentials);
    for (const { request: next } of lines.slice(1)) {
      expect(headerOf(next, 'Authorization')).toContain('realm="example.com"');
      expect(headerOf(next, 'Proxy-Authorization')).toContain('realm="proxy"');
    }
  });

  it('are never sent again once refused (RFC 3261 §22.1)', async () => {
    const { lines } = await decide(
      register,
      [unauthorized, response(401, [challenge('example.com', 'n2')])],
      credentials,
    );
    expect(lines[1]).toMatchObject({ action: { type: 'giveUp', reason: 'credentialsRejected' }, request: null });
  });

  it('never appear in any output, nor in a complaint about them', async () => {
    const shown: string[] = [];
    for (const more of [['--seed', '1'], []]) {
      const run = await decide(register, [unauthorized, tooBrief, ok], credentials, more);
      shown.push(run.stdout, run.stderr);
    }
    const text = await runProgram(['decide', '--request', 'r.sip', '--response', '401.sip', '--config', 'c.json'], {
      files: { 'r.sip': register, '401.sip': unauthorized, 'c.json': credentials },
    });
    const wrong = await decide(register, [unauthorized], {
      credentials: [{ username: 'alice', password: [password] }],
    });
    const strange = await decide(register, [unauthorized], { credentials: [{ username: 'a', ha1: password }] });
    const broken = await decide(register, [unauthorized], `{"credentials": [{"password": "${password}" "x"]}`);
    shown.push(text.stdout, text.stderr, wrong.stderr, strange.stderr, broken.stderr);
    expect([wrong.status, strange.status, broken.status]).toEqual([2, 2, 2]);
    expect(shown.join('\n')).not.toContain(password);
  });
});

describe('credentials in the request file', () => {
  const row =
    'Authorization: Digest username="alice", realm="example.com", nonce="n0", uri="sip:registrar.example.com", response="0123456789abcdef0123456789abcdef", qop=auth, cnonce="c", nc=00000001';
  const signed = register.replace('Expires: 300', `Expires: 300\r\n${row}`);

  it('stay where their realm is not challenged', async () => {
    const { lines } = await decide(signed, [tooBrief]);
    expect(headerOf(lines[0]?.request, 'Authorization')).toBe(row.slice('Authorization: '.length));
  });

  it('go where the Request-URI is another', async () => {
    const moved = response(302, ['Contact: <sip:other.example.org>']);
    const { lines } = await decide(signed, [moved]);
    expect(lines[0]?.request).toMatch(/^REGISTER sip:other\.example\.org SIP/);
    expect(headerOf(lines[0]?.request, 'Authorization')).toBeUndefined();
  });

  it('count as sent: a challenge of their realm rejects them (RFC 3261 §22.1)', async () => {
    const { lines } = await decide(signed, [unauthorized], credentials);
    expect(lines[0]?.action).toMatchObject({ type: 'giveUp', reason: 'credentialsRejected' });
  });

  it('are computed anew with the configured ones, the nonce counted on (RFC 7616 §3.4)', async () => {
    const { lines } = await decide(signed, [tooBrief], credentials);
    expect(headerOf(lines[0]?.request, 'Authorization')).toContain('nc=00000002');
  });

  it('go unchanged into the copy for another server (RFC 3263 §4.3)', async () => {
    const config = { ...(JSON.parse(credentials) as object), servers: ['sip:one.example.com', 'sip:two.example.com'] };
    const { lines } = await decide(signed.replaceAll('REGISTER', 'OPTIONS'), ['@timeout'], config);
    expect(lines[0]?.action).toMatchObject({ type: 'tryOtherServer', reorigination: 'failover' });
    expect(headerOf(lines[0]?.request, 'Authorization')).toBe(row.slice('Authorization: '.length));
    expect(headerOf(lines[0]?.request, 'CSeq')).toBe('1 OPTIONS');
  });
});

describe('answers of the configuration', () => {
  it('give a target only if the response lists it (RFC 3261 §8.1.3.4)', async () => {
    const choices = response(300, ['Contact: <sip:b1@example.net>, <sip:b2@example.net>']);
    const chosen = await decide(invite, [choices], { answers: { target: 'sip:b2@example.net' } });
    expect(chosen.lines[0]?.request?.split(' ')[1]).toBe('sip:b2@example.net');
    for (const target of ['sip:evil@elsewhere.example', 'sip:b2@example.net\r\nRoute: <sip:evil>']) {
      const { lines } = await decide(invite, [choices], { answers: { target } });
      expect(lines[0]).toMatchObject({ action: { type: 'giveUp', reason: 'cannotCorrect' }, request: null });
    }
  });

  it('give digits, one for each 484 (RFC 3578 §3.2)', async () => {
    const incomplete = response(484);
    const { lines } = await decide(invite, [incomplete, incomplete, incomplete], { answers: { digits: ['12', '34'] } });
    expect(lines.map(({ request: next }) => next?.split(' ')[1])).toEqual([
      'sip:+121255512@example.net',
      'sip:+12125551234@example.net',
      undefined,
    ]);
    expect(lines[2]?.action).toMatchObject({ type: 'giveUp' });
  });

  it('are asked for where there are none: request null', async () => {
    const { lines } = await decide(invite, [response(484)]);
    expect(lines[0]).toMatchObject({ action: { type: 'extendDigits', dialled: '+1212555' }, request: null });
  });

  it('choose a target for 485 (RFC 3261 §21.4.23)', async () => {
    const ambiguous = response(485, ['Contact: <sip:bob.a@example.net>, <sip:bob.b@example.net>']);
    const { lines } = await decide(invite, [ambiguous], { answers: { target: 'sip:bob.b@example.net' } });
    expect(lines[0]?.action.type).toBe('chooseTarget');
    expect(lines[0]?.request).toMatch(/^INVITE sip:bob\.b@example\.net SIP/);
    expect((await decide(invite, [ambiguous])).lines[0]?.request).toBeNull();
  });

  it('give another body from a file beside the configuration', async () => {
    const refused = response(415, ['Accept: application/json']);
    const config = {
      answers: {
        bodies: [
          { type: 'text/plain', file: 'a.txt' },
          { type: 'application/json', file: 'b.json' },
        ],
      },
    };
    const files = { 'a.txt': 'hello', 'b.json': '{"hello":1}' };
    const run = await decide(
      request('MESSAGE', 'sip:bob@example.net', ['Content-Type: text/html'], '<p>hello</p>'),
      [refused],
      config,
      ['--seed', '1'],
      { files },
    );
    expect(run.lines[0]?.action.type).toBe('changeContent');
    expect(headerOf(run.lines[0]?.request, 'Content-Type')).toBe('application/json');
    expect(headerOf(run.lines[0]?.request, 'Content-Length')).toBe('11');
    expect(run.lines[0]?.request).toMatch(/\r\n\r\n\{"hello":1\}$/);
  });

  it('give a smaller body for 413 (RFC 3261 §21.4.11)', async () => {
    const config = {
      answers: {
        bodies: [
          { type: 'application/sdp', file: 'long.sdp' },
          { type: 'application/sdp', file: 'short.sdp' },
        ],
      },
    };
    const files = { 'long.sdp': `${sdp}a=long:${'x'.repeat(100)}\r\n`, 'short.sdp': 'v=0\r\n' };
    const { lines } = await decide(invite, [response(413)], config, ['--seed', '1'], { files });
    expect(lines[0]?.action).toMatchObject({ type: 'shrinkBody', omit: false });
    expect(lines[0]?.request).toMatch(/\r\n\r\nv=0\r\n$/);
  });

  it('give another offer for 488 (RFC 3261 §21.4.26)', async () => {
    const config = { answers: { bodies: [{ type: 'application/sdp', file: 'other.sdp' }] } };
    const { lines } = await decide(invite, [response(488)], config, ['--seed', '1'], {
      files: { 'other.sdp': 'v=0\r\nother' },
    });
    expect(lines[0]?.action.type).toBe('changeOffer');
    expect(lines[0]?.request).toMatch(/other$/);
  });

  it('give the whole state for a publication that is unknown (RFC 3903 §5)', async () => {
    const headers = ['Event: presence', 'SIP-If-Match: gone', 'Content-Type: application/pidf+xml'];
    const publish = request('PUBLISH', 'sip:alice@example.com', headers, '<changed/>');
    const config = { answers: { bodies: [{ type: 'application/pidf+xml', file: 'whole.xml' }] } };
    const files = { 'whole.xml': '<presence/>' };
    const { lines } = await decide(publish, [response(412)], config, ['--seed', '1'], { files });
    expect(lines[0]?.action.type).toBe('republish');
    expect(headerOf(lines[0]?.request, 'SIP-If-Match')).toBeUndefined();
    expect(lines[0]?.request).toMatch(/<presence\/>$/);
  });

  it('that change nothing end in giving up: the same request is not repeated (RFC 3261 §21.4)', async () => {
    const config = { answers: { bodies: [{ type: 'application/sdp', file: 'same.sdp' }] } };
    const { lines } = await decide(invite, [response(488)], config, ['--seed', '1'], { files: { 'same.sdp': sdp } });
    expect(lines[0]?.action).toEqual({ type: 'giveUp', reason: 'cannotCorrect', detail: { wanted: 'changeOffer' } });
    expect(lines[0]?.request).toBeNull();
  });

  it('confirm what only a person may (RFC 5079 §4)', async () => {
    const anonymous = invite.replace('Max-Forwards', 'Privacy: id\r\nMax-Forwards');
    const asked = await decide(anonymous, [response(433)]);
    expect(asked.lines[0]).toMatchObject({ action: { type: 'revealIdentity' }, request: null });
    const confirmed = await decide(anonymous, [response(433)], { answers: { confirm: ['revealIdentity'] } });
    expect(confirmed.lines[0]?.request).toContain('CSeq: 2 INVITE');
  });

  it('confirm a custom action by its name', async () => {
    const rules = [{ do: 'custom', name: 'page the operator', cite: 'local' }];
    const policy = { extends: 'rfc', entries: { '404': rules } };
    const asked = await decide(invite, [response(404)], { policy });
    expect(asked.stderr).toBe('');
    expect(asked.lines[0]).toMatchObject({ action: { type: 'custom', name: 'page the operator' }, request: null });
    const confirmed = await decide(invite, [response(404)], { policy, answers: { confirm: ['page the operator'] } });
    expect(confirmed.lines[0]?.request).toContain('CSeq: 2 INVITE');
  });

  it('that confirm addIdentity say that this client can sign (RFC 8224 §6)', async () => {
    const { lines } = await decide(invite, [response(428)], { answers: { confirm: ['addIdentity'] } });
    expect(lines[0]).toMatchObject({ action: { type: 'addIdentity' }, request: null });
    expect((await decide(invite, [response(428)])).lines[0]?.action.type).toBe('giveUp');
  });
});

describe('the other options of the configuration', () => {
  it('servers: the first is the one in use', async () => {
    const config = { servers: ['sip:one.example.com', 'sip:two.example.com'] };
    const { lines } = await decide(invite, [response(503), response(503)], config);
    expect(lines.map(({ action }) => [action.type, action['server'] ?? action['reason']])).toEqual([
      ['tryOtherServer', 'sip:two.example.com'],
      ['giveUp', 'unavailable'],
    ]);
  });

  it('servers: none of them is that of another domain, into which the request is redirected (RFC 3261 §8.1.2)', async () => {
    const config = { servers: ['sip:one.example.com', 'sip:two.example.com'] };
    const moved = (host: string): string => response(302, [`Contact: <sip:bob@${host}>`]);
    expect(types(await decide(invite, [moved('other.example'), response(503)], config))).toEqual([
      'tryOtherTarget',
      'giveUp',
    ]);
    expect(types(await decide(invite, [moved('example.net'), response(503)], config))).toEqual([
      'tryOtherTarget',
      'tryOtherServer',
    ]);
  });

  it('servers: a request that is corrected stays with the one that answered it (RFC 3261 §21.5.4)', async () => {
    const config = { servers: ['sip:one.example.com', 'sip:two.example.com'] };
    const tel = request('INVITE', 'tel:+12125550101');
    const busyServer = response(503, ['Retry-After: 100']);
    const { lines } = await decide(tel, [busyServer, response(416), busyServer], config);
    expect(lines.map(({ action }) => action.type)).toEqual(['tryOtherServer', 'changeUri', 'wait']);
    expect(lines[2]?.delayMs).toBeGreaterThanOrEqual(100_000);
  });

  it('says that what follows an agreement on TLS goes over TLS (RFC 3329 §2.4)', async () => {
    const required = response(494, ['Require: sec-agree', 'Security-Server: tls;q=0.2, ipsec-ike;q=0.1']);
    const { lines } = await decide(invite, [required]);
    expect(lines[0]).toMatchObject({ action: { type: 'agreeSecurity', chosen: 'tls' } });
    expect(lines[0]?.notes).toEqual([expect.stringContaining('over TLS (RFC 3329 §2.4)')]);
    const overTls = await decide(invite.replace('SIP/2.0/UDP', 'SIP/2.0/TLS'), [required]);
    expect(overTls.lines[0]?.notes).toEqual([]);
  });

  it('supported: the option-tags that this client implements', async () => {
    const required = response(421, ['Require: timer']);
    expect(types(await decide(invite, [required], { supported: ['timer'] }))).toEqual(['addExtensions']);
    expect(types(await decide(invite, [required], { supported: [] }))).toEqual(['giveUp']);
  });

  it('limits: of this request', async () => {
    const { lines } = await decide(register, [tooBrief], { limits: { maxAttempts: 1 } });
    expect(lines[0]?.action).toMatchObject({
      type: 'giveUp',
      reason: 'attemptsExhausted',
      detail: { wanted: 'raiseInterval', limit: 'maxAttempts', value: 1 },
    });
  });

  it('redial: calls again who declined, when Retry-After says when', async () => {
    const declined = response(603, ['Retry-After: 60']);
    expect(types(await decide(invite, [declined]))).toEqual(['giveUp']);
    expect(types(await decide(invite, [declined], { redial: true }))).toEqual(['wait']);
  });

  it('environment: otherwise read from the request', async () => {
    const config = { environment: { inDialog: true, ownsCallId: true } };
    const { lines } = await decide(invite, [response(491)], config);
    expect(lines[0]?.action).toMatchObject({ type: 'wait', basis: 'glare' });
    expect(lines[0]?.delayMs).toBeGreaterThanOrEqual(2_100);
    expect(types(await decide(invite, [response(491)]))).toEqual(['giveUp']);
  });
});

describe('standard input', () => {
  it('is read for "-"', async () => {
    const run = await runProgram(['decide', '--request', '-', '--response', 'a.sip', '--json'], {
      stdin: register,
      files: { 'a.sip': tooBrief },
    });
    expect(linesOf(run.stdout)[0]?.action.type).toBe('raiseInterval');
    const other = await runProgram(['decide', '--request', 'r.sip', '--response', '-', '--json'], {
      stdin: tooBrief,
      files: { 'r.sip': register },
    });
    expect(linesOf(other.stdout)[0]?.action.type).toBe('raiseInterval');
  });

  it('can be named once only', async () => {
    const run = await runProgram(['decide', '--request', '-', '--response', '-'], { stdin: register });
    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toMatch(/standard input is named twice/);
  });
});
