// Programs that the suite starts: each ends with the suite, by its own process id, whatever happens.
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Program {
  readonly pid: number;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly stdout: () => string;
  readonly stderr: () => string;
  kill(signal?: NodeJS.Signals): void;
}

/** What runs, and whether it leads a group of its own. */
const running = new Map<ChildProcess, boolean>();

process.on('exit', () => {
  for (const child of running.keys()) end(child, 'SIGKILL');
});

/** Starts a program. `group`: it has children of its own, which end with it. */
export function startProgram(
  command: string,
  args: readonly string[],
  options: { readonly group?: boolean; readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Program {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: options.group === true,
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  running.set(child, options.group === true);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Awaited<Program['ended']>>((resolve) => {
    child.on('error', (error) => {
      stderr += String(error);
      running.delete(child);
      resolve({ code: 127, signal: null });
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
  return {
    pid: child.pid ?? 0,
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    kill: (signal = 'SIGTERM') => end(child, signal),
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  const leadsGroup = running.get(child);
  if (leadsGroup === undefined || child.pid === undefined) return;
  try {
    // A negative id means the whole group, which was made for this child alone.
    process.kill(leadsGroup ? -child.pid : child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** Waits until something holds, looking every few milliseconds. */
export async function until(holds: () => boolean, what: string, withinMs = 5_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`);
    await sleep(5);
  }
}
