import { describe, expect, it } from 'vitest';
import { invite, ok, register, response, tooBrief, unauthorized } from './messages.js';
import { runProgram, type Run, type Surroundings } from './run-program.js';

/** Exit 2, nothing on standard output, one line on standard error. */
function expectRefusal(run: Run, ...words: readonly (string | RegExp)[]): void {
  expect(run.status).toBe(2);
  expect(run.stdout).toBe('');
  expect(run.stderr).toMatch(/^sip-retry: [^\n]+\n$/);
  for (const word of words) expect(run.stderr).toMatch(word);
}

const decide = (files: Surroundings['files'], ...more: readonly string[]): Promise<Run> =>
  runProgram(['decide', '--request', 'request.sip', ...more], { files: { 'request.sip': register, ...files } });

describe('unusable input ends with 2, one line that names file, line and what was expected, and no output', () => {
  it('no such file', async () => {
    expectRefusal(await decide({}, '--response', 'none.sip'), 'none.sip', 'no such file', 'expected');
    expectRefusal(await runProgram(['decide', '--request', 'none.sip', '--response', '@timeout']), 'none.sip');
    expectRefusal(await decide({}, '--response', '@timeout', '--config', 'none.json'), 'none.json', 'expected');
  });

  it('a folder', async () => {
    expectRefusal(await decide({}, '--response', '.'), 'folder');
  });

  it('no start line', async () => {
    const run = await decide({ 'a.sip': '\r\n\r\nhello world\r\n' }, '--response', 'a.sip');
    expectRefusal(run, 'a.sip, line 3', 'hello world', 'expected a status line');
    expectRefusal(await decide({ 'a.sip': '' }, '--response', 'a.sip'), 'a.sip, line 1', 'expected a status line');
    expectRefusal(
      await decide({ 'request.sip': 'x' }, '--response', '@timeout'),
      'request.sip, line 1',
      'request line',
    );
  });

  it('a response where a request belongs', async () => {
    const run = await decide({ 'request.sip': `\r\n${ok}` }, '--response', '@timeout');
    expectRefusal(run, 'request.sip, line 2', 'a response', 'where a request belongs', 'expected a request line');
  });

  it('a request where a response belongs', async () => {
    const run = await decide({ 'a.sip': invite }, '--response', 'a.sip');
    expectRefusal(run, 'a.sip, line 1', 'a request', 'where a response belongs', 'expected a status line');
  });

  it('a request of another SIP version', async () => {
    const run = await decide({ 'request.sip': register.replace('SIP/2.0', 'SIP/7.0') }, '--response', '@timeout');
    expectRefusal(run, 'request.sip, line 1', '7.0');
  });

  it.each([
    ['accept', ok],
    ['giveUp', response(404)],
    ['a question that nobody answers', unauthorized],
  ])('a response after the end: %s', async (_end, last) => {
    const files = { 'a.sip': tooBrief, 'b.sip': last, 'c.sip': ok };
    const options = ['--response', 'a.sip', '--response', 'b.sip', '--response', 'c.sip'];
    expectRefusal(await decide(files, ...options), 'c.sip, line 1', 'after the end', 'expected no further');
    expectRefusal(await decide(files, ...options, '--json'), 'after the end');
    expectRefusal(await decide(files, ...options.slice(0, 4), '--response', '@timeout'), '@timeout', 'after the end');
  });

  it('an event that does not exist', async () => {
    expectRefusal(await decide({}, '--response', '@time-out'), '@time-out', 'expected @timeout or @transport-error');
  });

  it('binary garbage', async () => {
    const garbage = Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256);
    const run = await decide({ 'a.sip': garbage }, '--response', 'a.sip');
    expectRefusal(run, 'a.sip, line', 'expected a status line');
    expect(run.stderr.trimEnd()).not.toMatch(/[\0-\x1f\x7f-\x9f]/);
  });

  it('a file of more than 16 MiB', async () => {
    const run = await decide({ 'a.sip': new Uint8Array(17 * 1024 * 1024) }, '--response', 'a.sip');
    expectRefusal(run, 'a.sip', 'more than 16 MiB', 'expected');
  });
});

describe('a defect of the configuration is told with file, line and what is allowed', () => {
  const withConfig = (config: string): Promise<Run> =>
    decide({ 'a.sip': tooBrief, 'c.json': config }, '--response', 'a.sip', '--config', 'c.json');

  it.each([
    ['{\n  "credentials": [\n}', 'c.json, line 3', /value|bracket/],
    ['', 'c.json, line 1', /expected a configuration as JSON/],
    ['// comment\n{}', 'c.json, line 1', /comment/],
    ['{"servers": ["sip:a.example.com"],}', 'c.json, line 1', /member/],
    ['[]', 'c.json, line 1', /expected an object/],
    ['{\n"passwords": 1}', 'c.json, line 2', /passwords is an unknown key; expected one of .*credentials/],
    ['{\n"servers":\n["example.com"]}', 'c.json, line 3', /servers\[0\] is "example.com"; expected sip:host/],
    ['{\n"servers": []}', 'c.json, line 2', /expected a list that is not empty/],
    ['{\n"redial": "yes"}', 'c.json, line 2', /redial is "yes"; expected .*true or false/],
    ['{\n\n"limits": {\n"maxAttempts": "8"}}', 'c.json, line 4', /limits.maxAttempts is "8"; expected a whole number/],
    ['{\n"limits": {\n"maxAttemps": 8}}', 'c.json, line 3', /maxAttemps.*expected one of maxAttempts/],
    ['{"limits": 5}', 'c.json, line 1', /limits is 5; expected an object/],
    [
      '{"credentials":\n[{"username": "a"}]}',
      'c.json, line 2',
      /credentials\[0\].password is missing; expected a text/,
    ],
    ['{"credentials": [\n{"username": "a",\n"ha1": "zz"}]}', 'c.json, line 3', /32 hexadecimal digits/],
    ['{"answers": {\n"digits": ["x"]}}', 'c.json, line 2', /answers.digits\[0\] is "x"; expected 0 to 9/],
    [
      '{"answers": {\n"bodies": [{"type": "a/b", "file": "none.sdp"}]}}',
      'c.json, line 2',
      /none.sdp: there is no such file/,
    ],
    ['{"environment": {\n"inDialog": 1}}', 'c.json, line 2', /environment.inDialog is 1; expected true or false/],
    [
      '{"policy": {"extends": "rfc", "entries": {\n"486": [\n\n{"do": "giveup", "cite": "local"}]}}}',
      'c.json, line 4',
      /policy.entries.486\[0\].do is "giveup".*expected.*giveUp/,
    ],
    [
      '{"policy": {"extends": "rfc", "entries": {\n"REGISTER 403": [\n{"do": "wait",\n "cite": 5}]}}}',
      'c.json, line 4',
      /policy.entries\["REGISTER 403"\]\[0\].cite is 5/,
    ],
  ])('%j', async (config, place, sentence) => {
    expectRefusal(await withConfig(config), place, sentence);
  });

  it('tells the first of several', async () => {
    expectRefusal(await withConfig('{\n"redial": 5,\n"limits": {"spread": 2},\n"nonsense": 1}'), 'line 2', 'redial');
  });

  it('survives a configuration that is nested without end', async () => {
    expectRefusal(await withConfig('['.repeat(500_000)), 'c.json, line 1', 'expected');
    expectRefusal(
      await withConfig(`{"policy": ${'['.repeat(5_000)}${']'.repeat(5_000)}}`),
      'c.json, line 1',
      'expected',
    );
  });
});

describe('a command line that cannot be used', () => {
  it.each([
    [['explan'], 'explain'],
    [['decide', '--request', 'a', '--respons', 'b'], '--response'],
    [['decide', '--jsn'], '--json'],
    [['help', 'explan'], 'explain'],
    [['decide', '--response', '@timeout'], '--request'],
    [['decide', '--request', 'a'], '--response'],
    [['table', '--format', 'xml'], 'text, markdown, json'],
    [['explain'], 'code'],
    [['explain', '99'], 'from 200 to 699'],
    [['explain', '4xx'], 'from 200 to 699'],
    [['explain', '404', '405'], 'too many arguments'],
    [['explain', '401', '--method', 'FOO BAR'], 'the name of a method, such as REGISTER'],
    [['explain', '401', '--method', ''], 'the name of a method, such as REGISTER'],
    [[], 'chart, decide, explain, fleet, inspect, send, simulate, table or --help'],
  ])('%j is refused in one line with a suggestion', async (argv, suggestion) => {
    expectRefusal(await runProgram(argv), suggestion);
  });
});
