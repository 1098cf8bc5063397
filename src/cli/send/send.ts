// `sip-retry send`: sends one request, follows every decision to the end, and tells what happens.
import { systemEnvironment } from '../../timing/environment.js';
import { createUserAgentClient, type UserAgentClient } from '../../transport/user-agent-client.js';
import { createUacCore } from '../../uac/uac-core.js';
import type { Io } from '../io.js';
import { firstRequest } from './first-request.js';
import { bothReports, jsonReport, traceReport } from './json-report.js';
import { keepSending } from './keep-sending.js';
import { liveLadder } from './live-ladder.js';
import { masker } from './masked.js';
import { keyringOf } from './send-credentials.js';
import type { SendReport } from './send-event.js';
import { sendOnce } from './send-once.js';
import type { SendOptions } from './send-options.js';
import { readSendPlan, type SendPlan } from './send-plan.js';
import { Storyteller } from './storyteller.js';

/** Accepted, gave up, interrupted. Unusable arguments are thrown. */
export type SendStatus = 0 | 1 | 130;

/** What one run of `send` works with. */
export interface SendRun {
  readonly plan: SendPlan;
  readonly client: UserAgentClient;
  readonly story: Storyteller;
  readonly io: Io;
}

/**
 * Runs `send`. Nothing is sent before the whole command line is known to be good.
 * @throws UnusableInput
 */
export async function sendCommand(method: string, uri: string, options: SendOptions, io: Io): Promise<SendStatus> {
  const plan = await readSendPlan(method, uri, options, io);
  const environment = systemEnvironment();
  const { clock } = environment;
  const startedAt = clock.now();
  const now = (): number => Math.round(clock.now() - startedAt);
  const report = reportOf(plan, now, io);
  const core = createUacCore({ environment, keyring: keyringOf(plan, io), limits: plan.limits });
  const client = createUserAgentClient({ core, ...(plan.servers.length === 0 ? {} : { servers: plan.servers }) });
  const story = new Storyteller(report, masker(plan.password?.reveal()), now, () => clock.date());
  client.on('message', (message) => story.message(message));
  const run = { plan, client, story, io };
  const interruption = interruptionOf(io);
  try {
    const work = plan.keep ? keepSending(run, interruption) : sendOnce(run, interruption);
    // A second Ctrl-C leaves at once, whatever is still on its way.
    return await Promise.race([work, interruption.second]);
  } finally {
    interruption.end();
    report.end();
    await client.close();
  }
}

/** The request as it goes out first; its Contact is the address that the client has towards the server. */
export async function requestOf({ plan, client }: SendRun) {
  const way = await client.wayTo(plan.uri);
  if (way.kind === 'closed') return way;
  const { host, port } = way.local;
  const place = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const contact = way.transport === 'UDP' ? place : `${place};transport=${way.transport.toLowerCase()}`;
  return { kind: 'open' as const, request: firstRequest({ ...plan, contact }, client.core.environment.token) };
}

/** Ctrl-C: the first ends what is on its way, the second leaves at once. */
export interface Interruption {
  /** Called back on the first Ctrl-C, also when it has come already. */
  onFirst(listener: () => void): void;
  readonly hasCome: boolean;
  readonly second: Promise<130>;
  end(): void;
}

function interruptionOf(io: Io): Interruption {
  const listeners: (() => void)[] = [];
  let count = 0;
  let leave: (status: 130) => void = () => undefined;
  const second = new Promise<130>((resolve) => {
    leave = resolve;
  });
  const end = io.onInterrupt(() => {
    count += 1;
    if (count === 1) for (const listener of listeners) listener();
    else leave(130);
  });
  return {
    onFirst(listener) {
      listeners.push(listener);
      if (count > 0) listener();
    },
    get hasCome() {
      return count > 0;
    },
    second,
    end,
  };
}

function reportOf(plan: SendPlan, now: () => number, io: Io): SendReport {
  const shown = plan.json ? jsonReport(io.stdout) : liveLadder(plan.policy, now, io);
  return plan.trace === undefined ? shown : bothReports([shown, traceReport(plan.trace, io)]);
}
