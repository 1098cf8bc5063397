// `send REGISTER --keep`: registers and refreshes until Ctrl-C, then removes the binding.
import type { RegistrationEvents } from '../../uac/registration-event.js';
import { durationInWords } from '../../policy/in-words.js';
import { openingRequest } from './opening-request.js';
import { answerableBy, answersOf } from './send-answers.js';
import type { SendRun, SendStatus } from './send-run.js';

export async function keepSending(run: SendRun): Promise<SendStatus> {
  const { plan, client, story, interruption, io } = run;
  const request = await openingRequest(run);
  if (request === undefined) return interruption.hasCome ? 130 : 1;
  const { policy, limits, timeoutMs = Infinity } = plan;
  const registration = await client.register(request, {
    policy,
    limits,
    client: answerableBy(plan, io),
    answer: answersOf(plan, io),
  });
  registration.on('decision', (event) => story.decision(event));
  registration.on('send', ({ request: sent, attempt }) => story.send(sent, attempt));
  let isRegistered = false;
  let isEnding = false;
  const end = (): void => {
    isEnding = true;
    // Without a binding there is nothing to remove, and whoever wants to leave need not wait for a registrar that is away.
    if (isRegistered) registration.unregister();
    else registration.stop();
  };
  const leave = (): void => {
    if (!isEnding) return;
    story.note('the binding is not removed; it ends when its interval does');
    registration.stop();
  };
  registration.on('wait', ({ until, action }) => {
    story.wait(until, action.basis);
    leave();
  });
  registration.on('hold', (event) => story.hold(event));
  registration.on('ask', (event) => story.ask(event));
  registration.on('registered', ({ grantedSeconds, refreshAt }) => {
    isRegistered = true;
    story.registered(grantedSeconds, refreshAt);
  });
  registration.on('probing', ({ at, because }) => {
    if (because.type === 'notGranted') story.note(`the registrar does not list ${because.missing.join(', ')}`);
    story.wait(at, 'probe');
    leave();
  });
  const stopped = new Promise<RegistrationEvents['stopped']>((resolve) => {
    registration.on('stopped', resolve);
  });
  const { clock } = client.core.environment;
  const disarm = clock.at(clock.now() + timeoutMs, () => {
    story.note(`removing the binding: --timeout ${durationInWords(timeoutMs)}`);
    end();
  });
  interruption.onFirst(end);
  if (!interruption.hasCome) registration.start();
  const { because, outcome } = await stopped;
  disarm();
  if (outcome !== undefined) story.outcome(outcome);
  else if (interruption.hasCome) story.cancelled('interrupted');
  else story.failed(because, `the registration ended: ${because}`);
  if (interruption.hasCome) return 130;
  return because === 'unregistered' ? 0 : 1;
}
