// One request of `send`, to its outcome; an accepted call is held, then hung up.
import type { Call } from '../../transport/call.js';
import type { UacOutcome } from '../../uac/uac-outcome.js';
import type { UacRequest } from '../../uac/uac-request.js';
import { answerableBy, answersOf } from './send-answers.js';
import { requestOf, type Interruption, type SendRun, type SendStatus } from './send.js';
import type { Storyteller } from './storyteller.js';

export async function sendOnce(run: SendRun, interruption: Interruption): Promise<SendStatus> {
  const { plan, client, story, io } = run;
  const made = await requestOf(run);
  if (made.kind === 'closed') {
    story.failed('noServerLeft', made.failure.why);
    return 1;
  }
  const { clock } = client.core.environment;
  const uac = await client.request(made.request, {
    policy: plan.policy,
    limits: plan.limits,
    client: answerableBy(plan, io),
    answer: answersOf(plan, io),
  });
  tellOf(uac, story);
  client.on('call', ({ call }) => call.on('request', ({ request }) => tellOf(request, story)));
  interruption.onFirst(() => uac.cancel());
  let isLate = false;
  const disarm =
    plan.timeoutMs === undefined
      ? () => undefined
      : clock.at(clock.now() + plan.timeoutMs, () => {
          isLate = true;
          story.note(`--timeout: ${plan.timeoutMs ?? 0} ms have passed`);
          uac.cancel();
        });
  const outcome = await uac.start();
  disarm();
  const call = client.callOf(uac);
  if (call !== undefined) await holdCall(call, run, interruption);
  story.outcome(outcome);
  if (interruption.hasCome) return 130;
  return outcome.type === 'accepted' && !isLate ? 0 : 1;
}

/** Tells what a request does. */
export function tellOf(uac: UacRequest, story: Storyteller): void {
  uac.on('decision', (event) => story.decision(event));
  uac.on('send', ({ request }) => story.send(request));
  uac.on('wait', ({ until, action }) => story.wait(until, action.basis));
  uac.on('hold', (event) => story.hold(event));
  uac.on('ask', (event) => story.ask(event));
}

/** Holds the call as long as was asked for, or until either side ends it. */
async function holdCall(call: Call, { plan, client, story }: SendRun, interruption: Interruption): Promise<void> {
  const { clock } = client.core.environment;
  let bye: Promise<UacOutcome> | undefined;
  await new Promise<void>((resolve) => {
    const hangUp = (): void => {
      bye ??= call.hangUp();
      resolve();
    };
    call.on('ended', ({ by }) => {
      if (by === 'peer') story.note('the other side has hung up');
      resolve();
    });
    if (call.isOver) {
      resolve();
      return;
    }
    interruption.onFirst(hangUp);
    if (plan.hangUpAfterMs > 0) story.wait(clock.date() + plan.hangUpAfterMs, 'call');
    clock.at(clock.now() + plan.hangUpAfterMs, hangUp);
  });
  await bye;
}
