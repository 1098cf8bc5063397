// A registrar (RFC 3261 §10.3): bindings with their intervals, 423 for too brief a one, 401 where it asks who registers.
import { readContactExpires, readContacts } from '../../sip/contact.js';
import { readDeltaSeconds } from '../../sip/delta-seconds.js';
import { allHeaders, firstHeader } from '../../sip/header-list.js';
import type { Header, SipRequest } from '../../sip/message.js';
import { uriOf } from '../../sip/address.js';
import type { BehaviourOf } from '../scenario.js';
import type { ServingMeans } from './behaviour.js';
import { DigestGate } from './digest-gate.js';
import { answerWith, delayed, type Moment, type Service, type Serving } from './service.js';

interface Binding {
  readonly uri: string;
  /** Milliseconds since the start of the simulation. */
  readonly until: number;
}

const MIN_EXPIRES = 60;
const MAX_EXPIRES = 7200;
const GRANTED = 3600;

/** Keeps bindings by address-of-record; other requests are refused with 405. */
export function registrarServing(behaviour: BehaviourOf<'registrar'>, { usersOf }: ServingMeans): Serving {
  const { challenge, after = 0, forgets = Infinity } = behaviour;
  const gate = challenge && new DigestGate(challenge, usersOf(challenge.realm), false);
  const bindings = new Map<string, readonly Binding[]>();
  let hasForgotten = false;
  const restart = (): void => {
    bindings.clear();
    gate?.forget();
  };
  const serve = (request: SipRequest, moment: Moment): Service => {
    if (moment.now >= forgets && !hasForgotten) {
      hasForgotten = true;
      restart();
    }
    if (request.method !== 'REGISTER') return answerWith(405, [['Allow', 'REGISTER']]);
    return gate?.refusalOf(request, moment) ?? register(request, moment, behaviour, bindings);
  };
  return { serve: (request, moment) => delayed(serve(request, moment), after), restart };
}

function register(
  request: SipRequest,
  { now }: Moment,
  { minExpires = MIN_EXPIRES, maxExpires = MAX_EXPIRES, grants = GRANTED }: BehaviourOf<'registrar'>,
  bindings: Map<string, readonly Binding[]>,
): Service {
  const aor = uriOf(firstHeader(request.headers, 'To') ?? '').toLowerCase();
  const old = (bindings.get(aor) ?? []).filter(({ until }) => until > now);
  const rows = allHeaders(request.headers, 'Contact');
  const header = readDeltaSeconds(firstHeader(request.headers, 'Expires') ?? '');
  const named = readContactExpires(rows);
  const asked = readContacts(rows).map(({ uri }, index) => ({ uri, seconds: named[index] ?? header ?? grants }));
  // "Contact: *" with "Expires: 0" removes all bindings (RFC 3261 §10.3, step 6).
  if (rows.some((row) => row.trim() === '*')) {
    bindings.set(aor, []);
    return answerWith(200);
  }
  // §10.3, step 7: "If and only if the requested expiration interval is greater than zero AND smaller than one hour AND
  // less than a registrar-configured minimum, the registrar MAY reject".
  if (asked.some(({ seconds }) => seconds > 0 && seconds < 3600 && seconds < minExpires)) {
    return answerWith(423, [['Min-Expires', String(minExpires)]]);
  }
  const kept = old.filter(({ uri }) => !asked.some((contact) => contact.uri === uri));
  const added = asked
    .filter(({ seconds }) => seconds > 0)
    .map(({ uri, seconds }): Binding => ({
      uri,
      until: now + 1000 * Math.min(maxExpires, Math.max(seconds, minExpires)),
    }));
  const present = [...kept, ...added];
  bindings.set(aor, present);
  const listed = present.map(({ uri, until }): Header => {
    return ['Contact', `<${uri}>;expires=${Math.ceil((until - now) / 1000)}`];
  });
  return answerWith(200, listed);
}
