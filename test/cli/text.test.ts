import { describe, expect, it } from 'vitest';
import {
  busy,
  challenge,
  credentials,
  invite,
  message,
  ok,
  register,
  response,
  tooBrief,
  unauthorized,
} from './messages.js';
import { runProgram, type Run, type Surroundings } from './run-program.js';

const COLOUR = /\u001b\[/;

async function decideText(
  first: string,
  answers: readonly string[],
  config?: string,
  surroundings: Surroundings = {},
): Promise<Run> {
  const files = Object.fromEntries(answers.map((answer, index) => [`${index}.sip`, answer]));
  const options = Object.keys(files).flatMap((name) => ['--response', name]);
  const all = { 'request.sip': first, ...files, ...(config === undefined ? {} : { 'config.json': config }) };
  const more = config === undefined ? [] : ['--config', 'config.json'];
  return runProgram(['decide', '--request', 'request.sip', ...options, ...more, '--seed', '1'], {
    files: all,
    ...surroundings,
  });
}

describe('decide, as text for people', () => {
  it('says the action, why, the sections, the conditions, the changes and the next request', async () => {
    const { stdout, stderr } = await decideText(register, [tooBrief]);
    expect(stderr).toBe('');
    expect(stdout).toContain('423 Whatever → raiseInterval');
    expect(stdout).toContain('raise the interval: Expires 1800');
    expect(stdout).toContain('the interval sent is below Min-Expires');
    expect(stdout).toContain('RFC 3261 §10.2.8 (rule 423#1)');
    expect(stdout).toContain('✓ intervalBelowMinimum');
    expect(stdout).toContain('- Expires: 300\n');
    expect(stdout).toContain('+ Expires: 1800\n');
    expect(stdout).toMatch(/next request\n {4}REGISTER sip:registrar\.example\.com SIP\/2\.0\n/);
  });

  it('says why it gives up, with the numbers of the limit', async () => {
    const config = '{"limits": {"maxWaitMs": 1000}}';
    const { stdout } = await decideText(invite, [busy], config);
    expect(stdout).toContain('486 Whatever → giveUp');
    expect(stdout.replace(/\s+/g, ' ')).toContain('the limit maxWaitMs is 1000, and this would be 60000');
    expect(stdout).not.toContain('next request');
  });

  it('says how long is waited for and why', async () => {
    const { stdout } = await decideText(invite, [busy], '{"limits": {"spread": 0}}');
    expect(stdout).toContain('1 min, as Retry-After asks');
  });

  it('says what must be asked when that is why there is no next request', async () => {
    const { stdout } = await decideText(register, [unauthorized]);
    expect(stdout).toContain('to ask');
    expect(stdout.replace(/\s+/g, ' ')).toContain('("credentials" in the configuration)');
  });

  it('separates decisions by an empty line, and names the attempt of each', async () => {
    const { stdout } = await decideText(register, [unauthorized, tooBrief, ok], credentials);
    expect(stdout.match(/^Attempt \d: REGISTER/gm)).toEqual([
      'Attempt 1: REGISTER',
      'Attempt 2: REGISTER',
      'Attempt 3: REGISTER',
    ]);
    expect(stdout).toContain('\n\nAttempt 2');
  });

  it('says what an unknown code is treated as', async () => {
    expect((await decideText(register, [response(431)])).stdout).toContain('(treated as 400)');
  });

  it('says what a refusal ends and what is to be done about it', async () => {
    const inDialog = invite.replace('To: <sip:bob@example.net>', 'To: <sip:bob@example.net>;tag=b1');
    expect((await decideText(inDialog, [response(481)])).stdout).toContain(
      'ends the dialog usage; a BYE is to be sent',
    );
  });

  it('says what later requests should know', async () => {
    expect((await decideText(register, [tooBrief])).stdout).toContain('learned     minExpires 1800');
  });

  it('says when and where the next request goes', async () => {
    const servers = '{"servers": ["sip:one.example.com", "sip:two.example.com"], "limits": {"spread": 0}}';
    const refused = await decideText(invite, [response(503)], servers);
    expect(refused.stdout).toContain('next request, to sip:two.example.com\n');
    expect((await decideText(invite, [busy], servers)).stdout).toContain('next request, after 1 min\n');
  });

  it('says why a message is discarded', async () => {
    const { status, stdout } = await decideText(register, [message('SIP/2.0 4294967301 Big')]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}discarded {3}the status code/);
  });

  it('is coloured on a terminal, and plain in a pipe or with NO_COLOR', async () => {
    const text = async (surroundings: Surroundings): Promise<string> =>
      (await decideText(register, [tooBrief], undefined, surroundings)).stdout;
    expect(await text({ isTerminal: true })).toMatch(COLOUR);
    expect(await text({ env: { FORCE_COLOR: '1' } })).toMatch(COLOUR);
    expect(await text({})).not.toMatch(COLOUR);
    expect(await text({ isTerminal: true, env: { NO_COLOR: '1' } })).not.toMatch(COLOUR);
    expect(await text({ isTerminal: true, env: { TERM: 'dumb' } })).not.toMatch(COLOUR);
    expect(await text({ isTerminal: true, env: { NO_COLOR: '' } })).toMatch(COLOUR);
  });

  it('keeps everything but the messages within the width of the terminal', async () => {
    for (const columns of [60, 80]) {
      const { stdout } = await decideText(register, [tooBrief, ok], undefined, { columns });
      const lines = stdout.split('\n').filter((line) => !line.startsWith('    '));
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
  });

  it('writes control characters of a peer out, so that no message can play with the terminal', async () => {
    const hostile = message('SIP/2.0 401 \u001b[2JGone\u0007', [challenge('\u001b]0;title\u0007')]);
    const { stdout } = await decideText(register, [hostile], credentials);
    expect(stdout).not.toMatch(COLOUR);
    expect(stdout).toContain('\\x1b[2JGone\\x07');
  });
});

describe('explain', () => {
  const explain = async (...argv: readonly string[]): Promise<string> =>
    (await runProgram(['explain', ...argv])).stdout;

  it('tells an entry in words: conditions, action, reason and section of each row', async () => {
    const text = await explain('423');
    expect(text).toMatch(/^423 Interval Too Brief \(RFC 3261 §21\.4\.17\)\n/);
    expect(text).toContain('1. if  the request asks for an interval that is not 0 (intervalApplies)');
    expect(text).toContain('→   raiseInterval: raise the interval (RFC 3261 §10.2.8)');
    expect(text).toContain('giveUp intervalRefused: the interval is too brief');
    expect(text).toContain('otherwise');
  });

  it('tells the entry of a method, in any case', async () => {
    expect(await explain('486', '--method', 'options')).toMatch(/^OPTIONS 486 Busy Here/);
    expect(await explain('486', '--method', 'INVITE')).toMatch(/^486 Busy Here/);
  });

  it('says for a method what decide does, under the numbers that decide tells (RFC 5057 §5.1 note 3)', async () => {
    const text = await explain('405', '--method', 'INFO');
    expect(text).toContain('Inside a dialog: ends this transaction only.\n\n  2. if  a target');
    expect(text).toContain('  3. otherwise\n     →   giveUp refused');
    expect(text).not.toContain('usageEnded');
  });

  it('lets no BYE wait, and answers no challenge to a CANCEL (RFC 3261 §9.1, §15.1.1)', async () => {
    expect(await explain('503', '--method', 'BYE')).not.toContain('wait:');
    const cancelled = await explain('401', '--method', 'CANCEL');
    expect(cancelled).toMatch(
      /^Inside a dialog: ends this transaction only\.\n\n +\d\. always\n +→ {3}giveUp notRetriable/m,
    );
    expect(cancelled).not.toContain('authenticate');
  });

  it('tells a timeout apart where it ends more (RFC 6665 §4.2.2)', async () => {
    const text = (await explain('408', '--method', 'NOTIFY')).replace(/\s+/g, ' ');
    expect(text).toContain('ends this transaction only; no response in time ends the dialog usage.');
  });

  it('names the entries that methods have besides', async () => {
    expect(await explain('486')).toContain('See also: OPTIONS 486');
  });

  it('says how an unknown code is treated (RFC 3261 §8.1.3.2)', async () => {
    expect(await explain('499')).toMatch(/^499, treated as 400/);
  });

  it.each(['200', '300', '404', '503', '606', '699'])('knows %s', async (code) => {
    expect(await explain(code)).toContain('RFC');
  });
});

describe('table', () => {
  const table = async (...argv: readonly string[]): Promise<string> => (await runProgram(['table', ...argv])).stdout;

  it('prints every entry as text', async () => {
    const text = await table();
    expect(text).toMatch(/^401 {2}Unauthorized {2,}RFC 3261 §21\.4\.2$/m);
    expect(text).toMatch(/^ +challengeAnswerable {2,}retry with credentials {2,}RFC 3261 §22\.2$/m);
    expect(text).toMatch(/^6xx /m);
    expect(await table('--format', 'text')).toBe(text);
  });

  it('is coloured on a terminal, without a change in its words', async () => {
    const { stdout } = await runProgram(['table'], { isTerminal: true });
    expect(stdout).toMatch(COLOUR);
    expect(stdout.replace(/\u001b\[\d+m/g, '')).toBe(await table());
  });

  it('prints it as Markdown', async () => {
    expect(await table('--format', 'markdown')).toMatch(/^\| Code \| .*\n\| --- \|/);
  });

  it('prints it as JSON', async () => {
    const rows = JSON.parse(await table('--format', 'json')) as readonly { readonly key: string }[];
    expect(rows.map(({ key }) => key)).toContain('REGISTER 555');
    expect(rows.length).toBeGreaterThan(60);
  });

  it('fits 80 columns', async () => {
    expect(Math.max(...(await table()).split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe('help and version', () => {
  it.each([[[]], [['decide']], [['explain']], [['table']]])('are there for %j', async (command) => {
    const help = await runProgram([...command, '--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toContain(['Usage: sip-retry', ...command].join(' '));
    const version = await runProgram([...command, '--version']);
    expect(version).toMatchObject({ status: 0, stderr: '' });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('names every option of decide', async () => {
    const { stdout } = await runProgram(['decide', '--help']);
    for (const option of ['--request', '--response', '--config', '--seed', '--json']) expect(stdout).toContain(option);
  });

  const commands = ['chart', 'decide', 'explain', 'fleet', 'inspect', 'send', 'simulate', 'table'];

  it.each(commands.flatMap((command) => [40, 60, 80, 132].map((columns) => ({ command, columns }))))(
    'of $command fits $columns columns and says the same in each',
    async ({ command, columns }) => {
      const { stdout } = await runProgram([command, '--help'], { columns });
      const wide = await runProgram([command, '--help'], { columns: 1_000 });
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
      expect(stdout.split(/\s+/)).toEqual(wide.stdout.split(/\s+/));
    },
  );

  it('takes 80 columns in a pipe, and on a terminal that nobody has told its size', async () => {
    const { stdout } = await runProgram(['send', '--help'], { columns: 80 });
    expect((await runProgram(['send', '--help'])).stdout).toBe(stdout);
    expect((await runProgram(['send', '--help'], { columns: 0 })).stdout).toBe(stdout);
  });
});
