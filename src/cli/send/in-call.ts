// What happens in an accepted call: it is held, refreshed, and hung up by either side.
import type { Call } from '../../transport/call.js';
import type { UserAgentClient } from '../../transport/user-agent-client.js';
import type { UacRequest } from '../../uac/uac-request.js';
import type { SendRun } from './send-run.js';
import type { Storyteller } from './storyteller.js';

/** Tells what a request does. */
export function tellOf(uac: UacRequest, story: Storyteller): void {
  uac.on('decision', (event) => story.decision(event));
  uac.on('send', ({ request, attempt }) => story.send(request, attempt));
  uac.on('wait', ({ until, action }) => story.wait(until, action.basis));
  uac.on('hold', (event) => story.hold(event));
  uac.on('ask', (event) => story.ask(event));
}

/** What must end before the program does: BYEs, that of a call that was accepted while it was cancelled, too; answers to BYEs. */
export function followCalls({ client, story }: SendRun): readonly Promise<void>[] {
  const ends: Promise<void>[] = [];
  client.on('call', ({ call }) => {
    call.on('request', ({ request }) => {
      tellOf(request, story);
      ends.push(new Promise((resolve) => void request.on('done', () => resolve())));
    });
    call.on('ended', ({ by }) => {
      if (by === 'peer') ends.push(nextSent(client).then(() => story.note('the other side has hung up')));
    });
  });
  return ends;
}

/** Holds the call as long as was asked for, or until either side ends it. */
export async function holdCall(call: Call, { plan, client, story, interruption }: SendRun): Promise<void> {
  if (call.isOver) return;
  const { clock } = client.core.environment;
  const hangUp = (): void => void call.hangUp();
  const ended = new Promise<void>((resolve) => void call.on('ended', () => resolve()));
  if (plan.hangUpAfterMs > 0 && !interruption.hasCome) story.wait(clock.date() + plan.hangUpAfterMs, 'call');
  const disarm = clock.at(clock.now() + plan.hangUpAfterMs, hangUp);
  interruption.onFirst(hangUp);
  await ended;
  disarm();
}

/** How long an answer to the peer may take to go out. */
const ANSWER_MS = 500;

function nextSent(client: UserAgentClient): Promise<void> {
  const { clock } = client.core.environment;
  return new Promise((resolve) => {
    clock.at(clock.now() + ANSWER_MS, resolve);
    client.on('message', ({ direction }) => {
      if (direction === 'sent') resolve();
    });
  });
}
