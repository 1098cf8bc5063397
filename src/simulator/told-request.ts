// Notes what one request of the user agent client does, from its first attempt to its outcome.
import { firstHeader } from '../sip/header-list.js';
import type { Registration } from '../uac/keep-registered.js';
import type { RegistrationEvents } from '../uac/registration-event.js';
import type { UacEvents } from '../uac/uac-event.js';
import type { UacOutcome } from '../uac/uac-outcome.js';
import type { Recorder } from './recorder.js';
import { toldDecision, toldNext } from './told-decision.js';
import type { OutcomeEvent } from './transcript.js';

type Common = Pick<UacEvents, 'send' | 'decision' | 'wait' | 'hold' | 'ask'>;

/** What a request and a registration have in common. */
interface Telling {
  on<K extends keyof Common>(type: K, listener: (event: Common[K]) => void): () => void;
}

/** Notes attempts, decisions, waits and questions under this name. */
export function tellOf(sender: Telling, id: string, recorder: Recorder): void {
  sender.on('send', ({ request }) => {
    // What a call sends belongs to the request that began it.
    const [whole = id] = id.split('/');
    recorder.noteCallId(firstHeader(request.headers, 'Call-ID') ?? '', whole);
    recorder.countTransaction();
  });
  sender.on('decision', ({ decision, attempt }) =>
    recorder.tell({ type: 'decision', request: id, attempt, ...toldDecision(decision), ...toldNext(decision) }),
  );
  sender.on('wait', ({ until }) =>
    recorder.tell({ type: 'wait', request: id, until: recorder.momentOf(until), for: 'policy' }),
  );
  sender.on('hold', ({ for: what, until }) =>
    recorder.tell({
      type: 'wait',
      request: id,
      until: until === undefined ? null : recorder.momentOf(until),
      for: what,
    }),
  );
  sender.on('ask', ({ for: what, until }) =>
    recorder.tell({ type: 'ask', request: id, for: what, until: recorder.momentOf(until) }),
  );
}

/** Notes how a request ended. */
export function tellOutcome(outcome: UacOutcome, id: string, recorder: Recorder): void {
  const { attempts } = outcome;
  const none = { type: 'outcome', request: id, status: null, reason: null, detail: null, cite: [], attempts } as const;
  switch (outcome.type) {
    case 'accepted':
      recorder.tell({ ...none, outcome: 'accepted', status: outcome.status });
      return;
    case 'gaveUp': {
      const { status, reason, detail = null, cite } = outcome;
      recorder.tell({ ...none, outcome: 'gaveUp', status, reason, detail, cite });
      return;
    }
    case 'cancelled':
      recorder.tell({ ...none, outcome: 'cancelled', reason: outcome.because });
      return;
  }
}

/** Notes what a registration does besides its requests. */
export function tellRegistration(registration: Registration, id: string, recorder: Recorder): void {
  let attempts = 0;
  registration.on('send', () => {
    attempts += 1;
  });
  const granted: Omit<OutcomeEvent, 'at' | 'attempts'> = {
    type: 'outcome',
    request: id,
    outcome: 'accepted',
    status: 200,
    reason: null,
    detail: null,
    cite: [],
  };
  registration.on('registered', ({ refreshAt }) => {
    recorder.tell({ ...granted, attempts });
    attempts = 0;
    recorder.tell({ type: 'wait', request: id, until: recorder.momentOf(refreshAt), for: 'refresh' });
  });
  registration.on('probing', ({ at }) =>
    recorder.tell({ type: 'wait', request: id, until: recorder.momentOf(at), for: 'policy' }),
  );
  registration.on('stopped', (event) => tellStopped(event, id, recorder, attempts));
}

function tellStopped(
  { because, outcome }: RegistrationEvents['stopped'],
  id: string,
  recorder: Recorder,
  attempts: number,
): void {
  if (outcome !== undefined) {
    tellOutcome(outcome, id, recorder);
    return;
  }
  const none = { type: 'outcome', request: id, status: null, detail: null, cite: [], attempts } as const;
  switch (because) {
    case 'unregistered':
      recorder.tell({ ...none, outcome: 'accepted', status: 200, reason: null });
      return;
    case 'vetoed':
    case 'aborted':
      recorder.tell({ ...none, outcome: 'cancelled', reason: because });
      return;
    case 'stopped':
      recorder.tell({ ...none, outcome: 'cancelled', reason: 'cancelled' });
      return;
    default:
      recorder.tell({ ...none, outcome: 'gaveUp', reason: because });
  }
}
