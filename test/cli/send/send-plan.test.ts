// What `send` is told: read whole and refused in one line before anything is sent.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SendOptions } from '../../../src/cli/send/send-options.js';
import { readSendPlan } from '../../../src/cli/send/send-plan.js';
import type { Io } from '../../../src/cli/io.js';
import { rfcPolicy } from '../../../src/policy/table/index.js';

let folder = '';
const output = { write: () => undefined, isTerminal: false };
const io = (env: Io['env'] = {}): Io => ({
  stdout: output,
  stderr: output,
  onInterrupt: () => () => undefined,
  stdin: () => Promise.resolve(new TextEncoder().encode('from standard input\n')),
  env,
  cwd: folder,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sip-retry-'));
  await writeFile(join(folder, 'secret.txt'), 'open sesame\n');
  await writeFile(join(folder, 'two.txt'), 'one\ntwo\n');
  await writeFile(join(folder, 'offer.sdp'), 'v=0\r\n');
  await writeFile(join(folder, 'note'), 'hello');
  await writeFile(
    join(folder, 'policy.json'),
    '{"extends": "rfc", "entries": {"486": [{"do": "giveUp", "because": "declined", "cite": "local"}]}}',
  );
  await writeFile(
    join(folder, 'wrong.json'),
    '{"extends": "rfc", "entries": {"486": [{"do": "giveup", "cite": "local"}]}}',
  );
});
afterAll(() => rm(folder, { recursive: true }));

const plan = (method: string, uri: string, options: SendOptions = {}, env: Io['env'] = {}) =>
  readSendPlan(method, uri, options, io(env));

describe('readSendPlan', () => {
  it('registers the address of --user at the host of the Request-URI (RFC 3261 §10.2)', async () => {
    expect(await plan('register', 'sip:example.com', { user: 'alice' })).toMatchObject({
      method: 'REGISTER',
      uri: 'sip:example.com',
      from: 'sip:alice@example.com',
      username: 'alice',
      expires: 3600,
      servers: [],
      hangUpAfterMs: 0,
      timeoutMs: undefined,
      policy: rfcPolicy,
      keep: false,
    });
  });

  it('registers the address that the Request-URI names, and takes --from before all else', async () => {
    expect((await plan('REGISTER', 'sips:bob@example.com:5071')).from).toBe('sips:bob@example.com:5071');
    const from = 'sip:carol@example.org';
    expect(await plan('REGISTER', 'sip:bob@example.com', { from })).toMatchObject({ from, username: 'carol' });
    expect((await plan('REGISTER', from, { user: 'auth-name' })).username).toBe('auth-name');
  });

  it('hides who calls when nobody says it (RFC 3261 §8.1.1.3)', async () => {
    expect((await plan('OPTIONS', 'sip:example.com')).from).toBe('sip:anonymous@anonymous.invalid');
    expect((await plan('INVITE', 'sip:b@example.com', { user: 'a b' })).from).toBe('sip:a%20b@example.com');
  });

  it('takes servers by transport, host and port, or as SIP URIs', async () => {
    const server = [
      'udp:192.0.2.1:5070',
      'TCP:proxy.example.com',
      'tls:[2001:db8::1]:5061',
      'tcp:2001:db8::2',
      'sip:p.example.com',
    ];
    expect((await plan('OPTIONS', 'sip:example.com', { server })).servers).toEqual([
      'sip:192.0.2.1:5070;transport=udp',
      'sip:proxy.example.com;transport=tcp',
      'sip:[2001:db8::1]:5061;transport=tls',
      'sip:[2001:db8::2];transport=tcp',
      'sip:p.example.com',
    ]);
  });

  it('takes the password from the option, else from a file, else from SIP_PASSWORD', async () => {
    const uri = 'sip:bob@example.com';
    const env = { SIP_PASSWORD: 'from the environment' };
    expect((await plan('REGISTER', uri, { password: 'p' }, env)).password?.reveal()).toBe('p');
    expect((await plan('REGISTER', uri, { passwordFile: 'secret.txt' }, env)).password?.reveal()).toBe('open sesame');
    expect((await plan('REGISTER', uri, { passwordFile: '-' })).password?.reveal()).toBe('from standard input');
    expect((await plan('REGISTER', uri, {}, env)).password?.reveal()).toBe('from the environment');
    expect((await plan('REGISTER', uri)).password).toBeUndefined();
  });

  it('knows the type of a body by the name of its file, and takes --content-type before that', async () => {
    const given = { body: 'offer.sdp', alternativeBody: ['note', 'offer.sdp'], contentType: 'text/plain' };
    expect(await plan('INVITE', 'sip:b@h', given)).toMatchObject({
      body: { type: 'text/plain', content: 'v=0\r\n' },
      alternativeBodies: [
        { type: 'text/plain', content: 'hello' },
        { type: 'application/sdp', content: 'v=0\r\n' },
      ],
    });
    expect((await plan('INVITE', 'sip:b@h', { body: 'offer.sdp' })).body?.type).toBe('application/sdp');
  });

  it('takes limits as JSON, a policy as a file, tags, digits, header fields and times', async () => {
    const read = await plan('SUBSCRIBE', 'sip:b@h', {
      limits: '{"maxAttempts": 3}',
      policy: 'policy.json',
      supported: 'timer, path',
      moreDigits: ['5', '*6'],
      header: ['Event: presence', 'X-Note:  a: b '],
      expires: '60',
      timeout: '2.5',
      hangUpAfter: '10',
    });
    expect(read).toMatchObject({
      limits: { maxAttempts: 3 },
      supported: ['timer', 'path'],
      moreDigits: ['5', '*6'],
      headers: [
        ['Event', 'presence'],
        ['X-Note', 'a: b'],
      ],
      expires: 60,
      timeoutMs: 2500,
      hangUpAfterMs: 10_000,
    });
    expect(read.policy.entries['486']?.rules[0]).toMatchObject({ because: 'declined' });
    expect((await plan('INVITE', 'tel:+15551234;phone-context=x', { server: ['udp:h'] })).uri).toContain('tel:');
  });

  const wrong: readonly (readonly [string, string, SendOptions, string])[] = [
    ['ACK', 'sip:b@h', {}, 'METHOD: ACK belongs to an INVITE'],
    ['CANCEL', 'sip:b@h', {}, 'press Ctrl-C'],
    ['IN VITE', 'sip:b@h', {}, '"IN VITE" is no method'],
    ['INVITE', 'bob', {}, '"bob" is no SIP URI; expected a URI such as sip:bob@example.com'],
    ['INVITE', 'sip:b@h:99999', {}, 'is no SIP URI'],
    ['INVITE', 'sip:b@h>\r\nX: y', {}, 'is no SIP URI'],
    ['INVITE', 'tel:+1555', {}, 'a tel URI names no server'],
    ['INVITE', 'tel:soon', { server: ['udp:h'] }, 'is no telephone number'],
    ['REGISTER', 'sip:example.com', {}, 'nobody says whose address is registered'],
    ['REGISTER', 'sip:a@h', { server: ['udp:'] }, '"udp:" is no SIP URI; expected udp:HOST:PORT'],
    ['REGISTER', 'sip:a@h', { server: ['udp:h:0'] }, 'names no host and port'],
    ['REGISTER', 'sip:a@h', { server: ['udp:a@h'] }, 'names no host and port'],
    ['REGISTER', 'sip:a@h', { expires: '-1' }, '--expires: "-1" is no number of seconds'],
    ['REGISTER', 'sip:a@h', { expires: '4294967296' }, 'up to 4294967295'],
    ['REGISTER', 'sip:a@h', { timeout: 'soon' }, '--timeout: "soon"'],
    ['REGISTER', 'sip:a@h', { password: 'a', passwordFile: 'secret.txt' }, '--password-file is given, too'],
    ['REGISTER', 'sip:a@h', { passwordFile: 'two.txt' }, 'two.txt, line 1: it holds no single line'],
    ['REGISTER', 'sip:a@h', { passwordFile: 'none.txt' }, 'none.txt: there is no such file'],
    [
      'REGISTER',
      'sip:a@h',
      { limits: '{"maxAttempts": 0}' },
      '--limits: maxAttempts is 0; expected a whole number from 1',
    ],
    ['REGISTER', 'sip:a@h', { limits: '[]' }, '--limits: it is []'],
    ['REGISTER', 'sip:a@h', { limits: '{' }, '--limits: '],
    [
      'REGISTER',
      'sip:a@h',
      { policy: 'wrong.json' },
      'wrong.json, line 1: entries.486[0].do is "giveup" (did you mean "giveUp"?)',
    ],
    ['REGISTER', 'sip:a@h', { policy: 'offer.sdp' }, 'offer.sdp, line 1'],
    ['REGISTER', 'sip:a@h', { supported: '100rel' }, '"100rel" promises a PRACK'],
    ['REGISTER', 'sip:a@h', { supported: ' , ' }, 'it lists nothing'],
    ['REGISTER', 'sip:a@h', { supported: 'a b' }, '"a b" is no option-tag'],
    ['REGISTER', 'sip:a@h', { header: ['no colon'] }, 'has no name before a colon'],
    ['REGISTER', 'sip:a@h', { header: ['X: a\r\nVia: b'] }, 'holds a line break'],
    ['REGISTER', 'sip:a@h', { header: ['v: SIP/2.0/UDP h'] }, 'v is written by the transport'],
    ['REGISTER', 'sip:a@h', { header: ['Authorization: Digest'] }, 'is computed from --user'],
    ['INVITE', 'sip:b@h', { moreDigits: ['five'] }, '"five" is no digits'],
    ['INVITE', 'sip:b@h', { keep: true }, '--keep: INVITE is not kept'],
    ['INVITE', 'sip:b@h', { body: 'note', contentType: 'text' }, '"text" is no media type'],
    ['PUBLISH', 'sip:b@h', {}, 'PUBLISH names no event package'],
  ];
  it.each(wrong)('refuses %s %s %o', async (method, uri, options, sentence) => {
    await expect(plan(method, uri, options)).rejects.toThrow(sentence);
  });
});
