// `sip-retry send`: sends one request, follows every decision to the end, and tells what happens.
import { withLimits } from '../../policy/set-limits.js';
import { systemEnvironment } from '../../timing/environment.js';
import { createUserAgentClient } from '../../transport/user-agent-client.js';
import { createUacCore } from '../../uac/uac-core.js';
import type { Io } from '../io.js';
import { interruptionOf } from './interruption.js';
import { bothReports, jsonReport, traceReport } from './json-report.js';
import { keepSending } from './keep-sending.js';
import { liveLadder } from './live-ladder.js';
import { Mask } from './masked.js';
import { keyringOf } from './send-credentials.js';
import type { SendReport } from './send-event.js';
import { sendOnce } from './send-once.js';
import type { SendOptions } from './send-options.js';
import { readSendPlan, type SendPlan } from './send-plan.js';
import type { SendRun, SendStatus } from './send-run.js';
import { Storyteller } from './storyteller.js';

/** Begins to look on, once the command line is known to be good; it is given what must never be shown. */
export type SendWatch = (secrets: readonly string[]) => Promise<(event: { readonly type: string }) => void>;

/**
 * Runs `send`. Nothing is sent before the whole command line is known to be good.
 * @throws UnusableInput
 */
export async function sendCommand(
  method: string,
  uri: string,
  options: SendOptions,
  io: Io,
  watch?: SendWatch,
): Promise<SendStatus> {
  const plan = await readSendPlan(method, uri, options, io);
  const inspect = await watch?.(plan.password === undefined ? [] : [plan.password.reveal()]);
  const environment = systemEnvironment();
  const { clock } = environment;
  const startedAt = clock.now();
  const now = (): number => Math.round(clock.now() - startedAt);
  const mask = new Mask();
  mask.wipe(plan.password?.reveal() ?? '');
  const report = reportOf(plan, now, io);
  const story = new Storyteller({ report, mask: (text) => mask.over(text), clock, now });
  const ended = new AbortController();
  const patientIo = { ...io, ask: patiently(io, story, mask, ended.signal) };
  const { askMs } = withLimits(plan.limits);
  const keyring = keyringOf(plan, patientIo, () => story.ask({ for: 'credentials', until: clock.date() + askMs }));
  const core = createUacCore({ environment, keyring, limits: plan.limits });
  const servers = plan.servers.length === 0 ? {} : { servers: plan.servers };
  const client = createUserAgentClient({ core, ...servers, ...(inspect === undefined ? {} : { inspect }) });
  client.on('message', (message) => story.message(message));
  client.on('failure', (failure) => story.failure(failure));
  const interruption = interruptionOf(io);
  interruption.onFirst(() => story.note('interrupted; Ctrl-C again leaves at once'));
  const run: SendRun = { plan, client, story, interruption, io: patientIo };
  try {
    const work = (plan.keep ? keepSending(run) : sendOnce(run)).then(async (status) => {
      await story.upToDate();
      await client.close();
      return status;
    });
    const status = await Promise.race([work, interruption.second]);
    if (status !== 'left') return status;
    // Whatever is still on its way stays there.
    story.cancelled('interrupted');
    void client.close();
    return 130;
  } finally {
    ended.abort();
    interruption.end();
    report.end();
  }
}

/** Asks when all that came before is printed, and keeps hidden answers out of all that follows. */
function patiently({ ask }: Io, story: Storyteller, mask: Mask, ended: AbortSignal): Io['ask'] {
  if (ask === undefined) return undefined;
  return async (question, isHidden) => {
    await story.upToDate();
    const answer = await ask(question, isHidden, ended);
    if (isHidden && answer !== undefined) mask.wipe(answer);
    return answer;
  };
}

function reportOf(plan: SendPlan, now: () => number, io: Io): SendReport {
  // The trace first: a file that cannot be written is told before anything is drawn.
  const trace = plan.trace === undefined ? [] : [traceReport(plan.trace, io)];
  const shown = plan.json ? jsonReport(io.stdout) : liveLadder(plan.policy, now, io);
  return bothReports([shown, ...trace]);
}
