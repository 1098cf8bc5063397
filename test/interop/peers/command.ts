// The command under test, started as a user starts it, and what it says with --json.
import { startProgram, type Program } from './process.js';

const CLI = new URL('../../../dist/cli.js', import.meta.url).pathname;

export interface SendVerdict {
  readonly code: number;
  readonly outcome: string | undefined;
  readonly reason: string | undefined;
  readonly detail: Readonly<Record<string, unknown>> | undefined;
  readonly attempts: number | undefined;
  readonly events: readonly SendEvent[];
  readonly ms: number;
  /** Everything that was printed. */
  readonly text: string;
}

export type SendEvent = Readonly<Record<string, unknown>>;

export interface RunningSend {
  readonly program: Program;
  readonly ended: Promise<SendVerdict>;
}

/** Starts `sip-retry send … --json`. */
export function startSend(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningSend {
  const began = Date.now();
  const program = startProgram(process.execPath, [CLI, 'send', ...args, '--json'], { env });
  const ended = program.ended.then(({ code }): SendVerdict => {
    const events = program.stdout().split('\n').flatMap(readEvent);
    const last = events.findLast(({ event }) => event === 'outcome');
    return {
      code: code ?? 255,
      outcome: text(last?.['outcome']),
      reason: text(last?.['reason']),
      detail: isRecord(last?.['detail']) ? last['detail'] : undefined,
      attempts: typeof last?.['attempts'] === 'number' ? last['attempts'] : undefined,
      events,
      ms: Date.now() - began,
      text: `${program.stdout()}${program.stderr()}`,
    };
  });
  return { program, ended };
}

export function runSend(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<SendVerdict> {
  return startSend(args, env).ended;
}

function readEvent(line: string): SendEvent[] {
  if (!line.startsWith('{')) return [];
  const value: unknown = JSON.parse(line);
  return isRecord(value) ? [value] : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
