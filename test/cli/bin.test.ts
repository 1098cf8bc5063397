import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program in a process of its own; `hangUp` stops reading after the first octets. */
function run(argv: readonly string[], stdin = '', hangUp = false): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', bin, ...argv], { cwd: root });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (hangUp) child.stdout.destroy();
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    // The program may end before it has read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}

describe('the program', () => {
  it('reads standard input and answers with 0', async () => {
    const request = 'REGISTER sip:example.com SIP/2.0\r\nCSeq: 1 REGISTER\r\n\r\n';
    const { code, stdout, stderr } = await run(
      ['decide', '--request', '-', '--response', '@timeout', '--json'],
      request,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\{"attempt":1,"status":408,.*\}\n$/);
  });

  it('ends with 2 and one line for unusable input', async () => {
    const { code, stdout, stderr } = await run(['decide', '--request', '-', '--response', '@timeout'], 'no sip');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^sip-retry: standard input, line 1: [^\n]+\n$/);
  });

  it('ends quietly when nobody reads on', async () => {
    const { stderr } = await run(['table', '--format', 'json'], '', true);
    expect(stderr).toBe('');
  });

  it('does not end with 0 when what it printed is lost', async () => {
    const argv = ['-c', 'exec "$@" > /dev/full', 'sh', process.execPath, '--import', 'tsx', bin, 'table'];
    const child = spawn('sh', argv, { cwd: root });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'sip-retry: standard output: the disk is full\n' });
  });

  it('says in one line that 20 MB are too much, and does not wait for more', async () => {
    const { code, stdout, stderr } = await run(
      ['decide', '--request', '-', '--response', '@timeout'],
      '\0'.repeat(20_000_000),
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^sip-retry: standard input, line 1: there are more than 16 MiB[^\n]+\n$/);
  });
});
