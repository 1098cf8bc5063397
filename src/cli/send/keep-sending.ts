// `send REGISTER --keep`: registers and refreshes until Ctrl-C, then removes the binding.
import type { RegistrationEvents } from '../../uac/registration-event.js';
import { answerableBy, answersOf } from './send-answers.js';
import { requestOf, type Interruption, type SendRun, type SendStatus } from './send.js';

export async function keepSending(run: SendRun, interruption: Interruption): Promise<SendStatus> {
  const { plan, client, story, io } = run;
  const made = await requestOf(run);
  if (made.kind === 'closed') {
    story.failed('noServerLeft', made.failure.why);
    return 1;
  }
  const registration = await client.register(made.request, {
    policy: plan.policy,
    limits: plan.limits,
    client: answerableBy(plan, io),
    answer: answersOf(plan, io),
  });
  registration.on('decision', (event) => story.decision(event));
  registration.on('send', ({ request }) => story.send(request));
  registration.on('wait', ({ until, action }) => story.wait(until, action.basis));
  registration.on('hold', (event) => story.hold(event));
  registration.on('registered', ({ grantedSeconds, refreshAt }) => story.registered(grantedSeconds, refreshAt));
  registration.on('probing', ({ at }) => story.wait(at, 'probe'));
  const stopped = new Promise<RegistrationEvents['stopped']>((resolve) => {
    registration.on('stopped', resolve);
  });
  interruption.onFirst(() => registration.unregister());
  const { clock } = client.core.environment;
  if (plan.timeoutMs !== undefined) clock.at(clock.now() + plan.timeoutMs, () => registration.unregister());
  registration.start();
  const { because, outcome } = await stopped;
  if (outcome === undefined) story.failed(because, `the registration ended: ${because}`);
  else story.outcome(outcome);
  if (interruption.hasCome) return 130;
  return because === 'unregistered' ? 0 : 1;
}
