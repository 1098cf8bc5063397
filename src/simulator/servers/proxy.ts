// A proxy: it may ask for credentials, may refuse too brief a session interval, and passes everything else on (RFC 3261 §16).
import { allHeaders } from '../../sip/header-list.js';
import { readSessionExpires } from '../../sip/session-interval.js';
import { isInDialog } from '../holds.js';
import type { BehaviourOf } from '../scenario.js';
import type { ServingMeans } from './behaviour.js';
import { DigestGate } from './digest-gate.js';
import { answerWith, delayed, type Service, type Serving } from './service.js';

/** A proxy asks for credentials outside dialogs only, as one that would not lose its calls does. */
export function proxyServing(behaviour: BehaviourOf<'proxy'>, { usersOf }: ServingMeans): Serving {
  const { challenge, to, recordRoute = true, minSe, after = 0 } = behaviour;
  const gate = challenge && new DigestGate(challenge, usersOf(challenge.realm), true);
  return {
    isProxy: true,
    answersBye: () => true,
    serve(request, moment): Service {
      const refusal = isInDialog(request) ? undefined : gate?.refusalOf(request, moment);
      if (refusal !== undefined) return delayed(refusal, after);
      const interval = readSessionExpires(allHeaders(request.headers, 'Session-Expires'));
      // RFC 4028 §8.1: "it MUST reject the request with a 422 … and include a Min-SE header field".
      if (minSe !== undefined && interval !== undefined && interval.seconds < minSe) {
        return answerWith(422, [['Min-SE', String(minSe)]], after);
      }
      return { kind: 'forward', to, recordRoute, afterMs: after };
    },
    restart: () => gate?.forget(),
  };
}
