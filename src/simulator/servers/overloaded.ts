// A server with a capacity: what is beyond it is refused with 503 and Retry-After (RFC 3261 §21.5.4; RFC 7339, RFC 7415).
import type { Header, SipRequest } from '../../sip/message.js';
import type { BehaviourOf } from '../scenario.js';
import type { ServingMeans } from './behaviour.js';
import { OverloadReport } from './overload-report.js';
import { scriptServing } from './script.js';
import { delayed, type Moment, type Service, type Serving } from './service.js';

/** How long a server counts as overloaded after a refusal. */
const RELIEF_MS = 1_000;

/** A bucket fills with its capacity; every request takes one out, and so do the requests of others. */
export function overloadedServing(behaviour: BehaviourOf<'overloaded'>, { name, path }: ServingMeans): Serving {
  const { capacity, background = 0, then, after = 0, until = Infinity } = behaviour;
  const behind = scriptServing(then ?? [{ status: 200, times: 'always' }], name, [...path, 'then']);
  const burst = behaviour.burst ?? (capacity === 0 ? 0 : Math.max(1, Math.floor(capacity)));
  const rate = Math.max(0, capacity - background);
  let tokens = background > capacity ? 0 : burst;
  let last = 0;
  let refusedAt = -Infinity;
  const report = new OverloadReport(behaviour);

  const reported = (service: Service, request: SipRequest, isOver: boolean): Service => {
    const row = report.rowFor(request, isOver);
    if (row === undefined || service.kind !== 'answers') return service;
    const answers = service.answers.map((answer) => ({ ...answer, headers: [...answer.headers, row] }));
    return { ...service, answers };
  };

  return {
    serve(request, moment): Service {
      const { now } = moment;
      report.note(now);
      tokens = Math.min(burst, tokens + ((now - last) / 1000) * rate);
      last = now;
      const isOver = now >= until;
      if (isOver || tokens >= 1) {
        if (!isOver) tokens -= 1;
        return delayed(reported(behind.serve(request, moment), request, isOver), after);
      }
      refusedAt = now;
      const headers = retryAfterOf(behaviour, moment);
      const refusal: Service = { kind: 'answers', answers: [{ status: 503, headers, afterMs: after }] };
      return reported(refusal, request, false);
    },
    isOverloaded: (now) => now - refusedAt < RELIEF_MS,
    answersBye: (request) => behind.answersBye?.(request) === true,
  };
}

function retryAfterOf({ retryAfter, spread = 0 }: BehaviourOf<'overloaded'>, { random }: Moment): readonly Header[] {
  if (retryAfter === undefined) return [];
  return [['Retry-After', String(Math.ceil((retryAfter + random() * spread) / 1000))]];
}
