// What `inspect` does: it serves the page, lets happen what is shown, and stays until Ctrl-C.
import { createInspector, type Inspector, type InspectorOptions } from '../../inspect/index.js';
import type { Io } from '../io.js';
import type { InspectOptions } from '../inspect.js';
import { UnusableInput } from '../unusable-input.js';
import { readFlow, tellFlow } from './inspect-scenario.js';
import { inspectSend } from './inspect-send.js';
import { openPage } from './open-page.js';

export interface InspectTask extends InspectOptions {
  readonly scenario: string | undefined;
  /** The arguments of `send`. */
  readonly behind: readonly string[];
}

/** @throws UnusableInput before anything is served. */
export async function inspectCommand(task: InspectTask, io: Io): Promise<void> {
  const interruption = interruptionOf(io);
  let inspector: Inspector | undefined;
  const serve = async (options: InspectorOptions = {}): Promise<Inspector> => {
    inspector = await served(task, options, io);
    return inspector;
  };
  try {
    if (task.scenario !== undefined) {
      // Standard input may never end.
      const flow = await Promise.race([readFlow(task.scenario, task.seed, io), interruption.come]);
      if (flow === undefined) return;
      await tellFlow(flow, await serve({ title: flow.name }), task.pace, interruption);
    } else if (task.send === true) {
      await inspectSend(task.behind, io, (secrets) => serve({ secrets }));
    } else await serve();
    // A command line of `send` that only asks for help serves nothing.
    if (inspector !== undefined) await interruption.come;
  } finally {
    interruption.end();
    await inspector?.close();
  }
}

async function served(task: InspectTask, options: InspectorOptions, io: Io): Promise<Inspector> {
  const { listen, open, port = typeof listen === 'number' ? listen : 0, stately = false } = task;
  const inspector = createInspector({ ...options, port, stately, eager: true });
  try {
    await inspector.ready;
  } catch (cause) {
    throw new UnusableInput(
      listen === undefined ? '--port' : '--listen',
      undefined,
      `${port} ${whyTaken(cause)}`,
      'a port that is free',
    );
  }
  const { url = '', officialUrl = '', statelyUrl } = inspector;
  io.stdout.write(`${url}\n`);
  if (listen !== undefined) io.stdout.write(`applications: createWebSocketInspector({ url: '${officialUrl}' })\n`);
  if (statelyUrl !== undefined) io.stdout.write(`official inspector: ${statelyUrl}\n`);
  if (open === true) openPage(url, io);
  return inspector;
}

function whyTaken(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return code === 'EADDRINUSE' ? 'is in use' : code === 'EACCES' ? 'may not be used' : 'cannot be listened on';
}

export interface Interrupting {
  readonly come: Promise<void>;
  readonly hasCome: boolean;
  end(): void;
}

function interruptionOf(io: Io): Interrupting {
  let hasCome = false;
  let resolve: () => void = () => undefined;
  const come = new Promise<void>((resolved) => {
    resolve = resolved;
  });
  const end = io.onInterrupt(() => {
    hasCome = true;
    resolve();
  });
  return {
    come,
    get hasCome() {
      return hasCome;
    },
    end,
  };
}
