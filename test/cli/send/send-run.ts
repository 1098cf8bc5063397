// One run of `send` in this process: what it printed, in words and as JSON, and a Ctrl-C that a test presses.
import { afterEach, expect } from 'vitest';
import { type Run, runProgram, type Surroundings } from '../run-program.js';
import { type ScriptedServer, type ServerScript, type ServerTransport, startServer } from './scripted-server.js';

const open: ScriptedServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

/** A server that is closed after the test. */
export async function serverFor(script: ServerScript, transport: ServerTransport = 'udp'): Promise<ScriptedServer> {
  const server = await startServer(script, transport);
  open.push(server);
  return server;
}

/** A port of the loopback interface where nothing listens. */
export async function closedPort(): Promise<number> {
  const server = await startServer(() => [], 'tcp');
  await server.close();
  return server.port;
}

/** Presses Ctrl-C. */
export class Keyboard {
  readonly #listeners = new Set<() => void>();

  readonly onInterrupt = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  pressCtrlC(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Resolves as soon as that was printed. */
export function printing(pattern: RegExp): {
  readonly onPrint: (stdout: string) => void;
  readonly seen: Promise<void>;
} {
  let see: () => void = () => undefined;
  const seen = new Promise<void>((resolve) => {
    see = resolve;
  });
  const onPrint = (stdout: string): void => {
    if (pattern.test(stdout)) see();
  };
  return { onPrint, seen };
}

/** Sends a request to a server, by what it is called for `--server`. */
export function send(
  server: ScriptedServer,
  [method = '', uri = '', ...options]: readonly string[],
  surroundings: Surroundings = {},
): Promise<Run> {
  return runProgram(['send', method, uri, '--server', server.name, ...options], surroundings);
}

/** An event of `--json`. */
export interface Told {
  readonly event: string;
  readonly at: number;
  readonly [member: string]: unknown;
}

/** Every line of `--json`: each is an object, times never go back, and the outcome is the last. */
export function eventsOf(lines: string): readonly Told[] {
  const events = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Told);
  const times = events.map(({ at }) => at);
  expect(times).toEqual([...times].sort((one, other) => one - other));
  for (const event of events) {
    expect(Object.keys(event).slice(0, 2)).toEqual(['event', 'at']);
    const keys = KEYS[event.event];
    if (keys !== undefined) expect(Object.keys(event).slice(2)).toEqual(keys);
  }
  expect(events.findIndex(({ event }) => event === 'outcome')).toBe(events.length - 1);
  return events;
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  message: ['direction', 'peer', 'text'],
  decision: [
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
  ],
  wait: ['until', 'for'],
  ask: ['until', 'for'],
  outcome: ['outcome', 'status', 'reason', 'detail', 'attempts'],
};

/** What passed, in short: `INVITE`, `180`, `ACK`, `*wait`. */
export function storyOf(events: readonly Told[]): readonly string[] {
  return events.map((told) => {
    if (told.event === 'decision') return `*${(told['action'] as { readonly type: string }).type}`;
    if (told.event !== 'message') return `*${told.event}`;
    const text = String(told['text']);
    return (/^SIP\/2\.0 (\d+)/.exec(text) ?? /^(\S+)/.exec(text))?.[1] ?? '';
  });
}
