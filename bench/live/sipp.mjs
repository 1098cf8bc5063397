// SIPp as a client: the same registrations, 401 then 200, all calls at once.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PASSWORD } from './scripts.mjs';

const SCENARIO = new URL('register.xml', import.meta.url).pathname;
const run = promisify(execFile);

/** Which SIPp there is; `undefined` when there is none. */
export function sippVersion() {
  try {
    // It ends with 99 after it has said its version.
    execFileSync('sipp', ['-v'], { stdio: 'pipe' });
  } catch (error) {
    return /SIPp (v[^\s.]+(?:\.\d+)*)/.exec(String(error.stdout ?? ''))?.[1];
  }
  return undefined;
}

/** @returns how it ended, and the processor time of its whole life. Without bash nobody counts that. */
export async function registerWithSipp({ transport, port, count }) {
  const folder = mkdtempSync(join(tmpdir(), 'sip-retry-sipp-'));
  const args = [
    ...['-sf', SCENARIO, `127.0.0.1:${port}`, '-i', '127.0.0.1', '-t', transport === 'tcp' ? 't1' : 'u1'],
    ...['-m', count, '-l', count, '-r', count, '-rp', '1', '-s', 'user', '-au', 'sipp', '-ap', PASSWORD],
    ...['-timeout', '40s', '-timeout_error', '-nostdin', '-trace_err', '-error_file', join(folder, 'errors')],
  ].map(String);
  const timed = ['-c', 'TIMEFORMAT="%3U %3S"; time sipp "$@"', 'sipp', ...args];
  try {
    const { stderr } = await run('bash', timed, { cwd: folder, env: { ...process.env, LC_ALL: 'C', TERM: 'dumb' } });
    const [, user, system] = /(\d+\.\d+) (\d+\.\d+)\s*$/.exec(stderr) ?? [];
    return { code: 0, cpuMs: (Number(user) + Number(system)) * 1000 };
  } catch (error) {
    return { code: Number(error.code ?? 255), why: String(error.stderr ?? error).slice(0, 400) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
