// One request of `send`, to its outcome; an accepted call is held, then hung up.
import { topVia } from '../../sip/via.js';
import type { CancelReason, UacOutcome } from '../../uac/uac-outcome.js';
import type { UacRequest } from '../../uac/uac-request.js';
import { durationInWords } from '../../policy/in-words.js';
import { followCalls, holdCall, tellOf } from './in-call.js';
import { openingRequest } from './opening-request.js';
import { answerableBy, answersOf } from './send-answers.js';
import type { SendRun, SendStatus } from './send-run.js';
import type { Storyteller } from './storyteller.js';

export async function sendOnce(run: SendRun): Promise<SendStatus> {
  const { plan, client, story, interruption, io } = run;
  const endTime = timeLimitOf(run);
  const request = await openingRequest(run);
  if (request === undefined) {
    endTime.disarm();
    return interruption.hasCome ? 130 : 1;
  }
  const { policy, limits } = plan;
  const uac = await client.request(request, {
    policy,
    limits,
    client: answerableBy(plan, io),
    answer: answersOf(plan, io),
  });
  // Its servers were looked for meanwhile.
  if (interruption.hasCome || endTime.isOver) {
    story.cancelled(interruption.hasCome ? 'interrupted' : 'timeout');
    return interruption.hasCome ? 130 : 1;
  }
  tellOf(uac, story);
  const inCall = followCalls(run);
  const cancel = cancelling(uac, request.method, story);
  interruption.onFirst(cancel);
  endTime.onOver(cancel);
  const outcome = await uac.start();
  endTime.disarm();
  const call = client.callOf(uac);
  if (call !== undefined) await holdCall(call, run);
  await Promise.all(inCall);
  const because = interruption.hasCome ? 'interrupted' : endTime.isOver ? 'timeout' : undefined;
  story.outcome(outcome, because);
  if (interruption.hasCome) return 130;
  await acknowledgeAgain(run, request.method, outcome);
  return outcome.type === 'accepted' && !endTime.isOver ? 0 : 1;
}

/**
 * Where the ACK of a refused INVITE was lost, the server repeats its response after T1, over UDP (RFC 3261 §17.2.1). The
 * transaction would stay for 32 s (timer D); a person waits for the prompt, so it stays for the first repetition.
 */
async function acknowledgeAgain({ client }: SendRun, method: string, outcome: UacOutcome): Promise<void> {
  if (method !== 'INVITE' || outcome.type !== 'gaveUp' || outcome.response === undefined) return;
  if (topVia(outcome.response.headers)?.transport !== 'UDP') return;
  const { clock } = client.core.environment;
  await new Promise<void>((resolve) => clock.at(clock.now() + T1_MS + ROUND_TRIP_MS, resolve));
}

const T1_MS = 500;
const ROUND_TRIP_MS = 200;

/** Why `send` cancelled a request, where the UAC core only knows that it did. */
export type SendCancelReason = CancelReason | 'interrupted' | 'timeout';

/** RFC 3261 §9.1: no CANCEL before a provisional response. The person is told what is waited for then. */
function cancelling(uac: UacRequest, method: string, story: Storyteller): () => void {
  let isEnding = false;
  uac.on('cancel', () => void (isEnding = true));
  uac.on('done', () => void (isEnding = true));
  return () => {
    uac.cancel();
    if (method === 'INVITE' && !isEnding) story.note('a CANCEL may not go out before a provisional response has come');
  };
}

/** The `--timeout`, from now on. */
function timeLimitOf({ plan, client, story }: SendRun) {
  const { clock } = client.core.environment;
  const { timeoutMs = Infinity } = plan;
  const listeners: (() => void)[] = [];
  let isOver = false;
  const disarm = clock.at(clock.now() + timeoutMs, () => {
    isOver = true;
    story.note(`cancelled: --timeout ${durationInWords(timeoutMs)}`);
    for (const listener of listeners) listener();
  });
  return {
    disarm,
    get isOver() {
      return isOver;
    },
    onOver(listener: () => void): void {
      listeners.push(listener);
      if (isOver) listener();
    },
  };
}
