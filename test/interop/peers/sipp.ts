// SIPp as a user agent server with one of the scenarios; its exit code says whether every check held.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isBound } from './ports.js';
import { startProgram, until } from './process.js';

export interface SippOptions {
  /** Calls, as SIPp counts them: by Call-ID. */
  readonly calls?: number;
  readonly transport?: 'udp' | 'tcp';
  /** When the scenario must have ended. */
  readonly withinSeconds?: number;
}

export interface SippVerdict {
  /** 0: every check held. */
  readonly code: number;
  /** What SIPp says about the first check that failed. */
  readonly why: string;
  /** The requests that it received, in order, with the moment in milliseconds. */
  readonly received: readonly { readonly at: number; readonly text: string }[];
}

export interface Sipp {
  readonly port: number;
  readonly ended: Promise<SippVerdict>;
  stop(): void;
}

const SCENARIOS = new URL('../scenarios/', import.meta.url).pathname;

export async function startSipp(scenario: string, options: SippOptions = {}): Promise<Sipp> {
  const { calls = 1, transport = 'udp', withinSeconds = 12 } = options;
  const [port, control] = [await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'sip-retry-sipp-'));
  const [errors, messages] = [join(folder, 'errors'), join(folder, 'messages')];
  const args = [
    ...['-sf', `${SCENARIOS}${scenario}.xml`, '-i', '127.0.0.1', '-bind_local', '-p', String(port)],
    ...['-ci', '127.0.0.1', '-cp', String(control), '-m', String(calls), '-t', transport === 'tcp' ? 't1' : 'u1'],
    ...['-timeout', `${withinSeconds}s`, '-timeout_error', '-nostdin'],
    ...['-trace_err', '-error_file', errors, '-trace_msg', '-message_file', messages],
  ];
  const program = startProgram('sipp', args, { cwd: folder });
  const ended = program.ended.then(({ code }): SippVerdict => {
    const verdict = { code: code ?? 255, why: whyOf(readText(errors)), received: requestsOf(readText(messages)) };
    rmSync(folder, { recursive: true, force: true });
    return verdict;
  });
  await until(() => isBound(transport, port), `SIPp with ${scenario} listens on ${port} (${program.stderr()})`);
  return { port, ended, stop: () => program.kill('SIGKILL') };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** SIPp writes entries one after the other without a line break; a time-out that a scenario counts on is no complaint. */
function whyOf(errors: string): string {
  const entries = errors.split(/(?=\d{4}-\d{2}-\d{2}\t)/).filter((entry) => /^\d{4}-/.test(entry));
  const first = entries.find((entry) => !entry.includes('jumping to label')) ?? '';
  return first
    .replace(/^[^]*?\d+\.\d+: /, '')
    .replace(/^Call-Id: \S+ /, '')
    .trim()
    .slice(0, 300);
}

function requestsOf(log: string): SippVerdict['received'] {
  return log.split(/^-{20,} /m).flatMap((entry) => {
    const [, stamp = '', text = ''] =
      /^(\S+\s\S+)[^]*?message received \[\d+\] bytes ?:\r?\n\r?\n([^]*)$/.exec(entry) ?? [];
    return text === '' ? [] : [{ at: Date.parse(`${stamp.replace(/\s+/, 'T')}Z`), text }];
  });
}
