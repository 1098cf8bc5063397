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
  registration.on('wait', ({ until, action }) => story.wait(until, action.basis));
  registration.on('hold', (event) => story.hold(event));
  registration.on('ask', (event) => story.ask(event));
  registration.on('registered', ({ grantedSeconds, refreshAt }) => story.registered(grantedSeconds, refreshAt));
  registration.on('probing', ({ at, because }) => {
    if (because.type === 'notGranted') story.note(`the registrar does not list ${because.missing.join(', ')}`);
    story.wait(at, 'probe');
  });
  const stopped = new Promise<RegistrationEvents['stopped']>((resolve) => {
    registration.on('stopped', resolve);
  });
  const { clock } = client.core.environment;
  const disarm = clock.at(clock.now() + timeoutMs, () => {
    story.note(`removing the binding: --timeout ${durationInWords(timeoutMs)}`);
    registration.unregister();
  });
  interruption.onFirst(() => registration.unregister());
  if (!interruption.hasCome) registration.start();
  const { because, outcome } = await stopped;
  disarm();
  if (outcome !== undefined) story.outcome(outcome);
  else if (interruption.hasCome) story.cancelled('interrupted');
  else story.failed(because, `the registration ended: ${because}`);
  if (interruption.hasCome) return 130;
  return because === 'unregistered' ? 0 : 1;
}
