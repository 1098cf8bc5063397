// A server with a capacity: what is beyond it is refused with 503 and Retry-After (RFC 3261 §21.5.4; RFC 7339, RFC 7415).
import { allHeaders } from '../../sip/header-list.js';
import type { Header, SipRequest } from '../../sip/message.js';
import { topVia } from '../../sip/via.js';
import type { BehaviourOf } from '../scenario.js';
import type { ServingMeans } from './behaviour.js';
import { scriptServing } from './script.js';
import { delayed, type Moment, type Service, type Serving } from './service.js';

/** How long a report of overload is good, in milliseconds (RFC 7339 §4.4: the default of oc-validity). */
const VALIDITY_MS = 500;

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
  let sequence = 0;

  const reported = (service: Service, request: SipRequest, isRefused: boolean): Service => {
    const row = behaviour.oc === undefined ? undefined : viaWith(request, behaviour, isRefused, (sequence += 1));
    if (row === undefined || service.kind !== 'answers') return service;
    const answers = service.answers.map((answer) => ({ ...answer, headers: [...answer.headers, row] }));
    return { ...service, answers };
  };

  return {
    serve(request, moment): Service {
      const { now } = moment;
      tokens = Math.min(burst, tokens + ((now - last) / 1000) * rate);
      last = now;
      const isOver = now >= until;
      if (isOver || tokens >= 1) {
        if (!isOver) tokens -= 1;
        return delayed(reported(behind.serve(request, moment), request, false), after);
      }
      refusedAt = now;
      const headers = retryAfterOf(behaviour, moment);
      const refusal: Service = { kind: 'answers', answers: [{ status: 503, headers, afterMs: after }] };
      return reported(refusal, request, true);
    },
    isOverloaded: (now) => now - refusedAt < RELIEF_MS,
    answersBye: (request) => behind.answersBye?.(request) === true,
  };
}

function retryAfterOf({ retryAfter, spread = 0 }: BehaviourOf<'overloaded'>, { random }: Moment): readonly Header[] {
  if (retryAfter === undefined) return [];
  return [['Retry-After', String(Math.ceil((retryAfter + random() * spread) / 1000))]];
}

/**
 * The topmost Via with what the server says of its load, where the client has offered to hear it: "oc", "oc-algo",
 * "oc-validity", "oc-seq" (RFC 7339 §4). It takes the place of the Via that is copied.
 */
function viaWith(
  request: SipRequest,
  { oc = 'loss', capacity, background = 0 }: BehaviourOf<'overloaded'>,
  isRefused: boolean,
  sequence: number,
): Header | undefined {
  const via = topVia(request.headers);
  const [first] = allHeaders(request.headers, 'Via');
  if (first === undefined || via?.params.some(([name]) => name.toLowerCase() === 'oc') !== true) return undefined;
  const kept = first.replace(/;\s*oc(?:-[a-z]+)?(?:=(?:"[^"]*"|[^;,\s]*))?/gi, '');
  const demand = background + 1;
  const loss = isRefused ? Math.min(100, Math.ceil(100 * (1 - capacity / Math.max(demand, capacity + 1)))) : 0;
  const value = oc === 'loss' ? loss : Math.max(0, Math.floor(capacity - background));
  return ['Via', `${kept};oc=${value};oc-algo="${oc}";oc-validity=${VALIDITY_MS};oc-seq=${sequence}.0`];
}
