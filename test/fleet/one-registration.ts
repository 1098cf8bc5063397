// One client with keepRegistered, its real client transactions and virtual time, against the registrar of a fleet.
import { chanceOf, seedFor } from '../../src/fleet/chance.js';
import type { FleetPlan } from '../../src/fleet/fleet-plan.js';
import { nonceIn, registerOf, USERNAME } from '../../src/fleet/message-templates.js';
import { Registrar } from '../../src/fleet/registrar.js';
import { secret } from '../../src/digest/secret.js';
import { readChallengeRow } from '../../src/sip/challenge-row.js';
import { readCSeq } from '../../src/sip/cseq.js';
import { firstHeader, setHeader } from '../../src/sip/header-list.js';
import type { SipRequest, SipResponse } from '../../src/sip/message.js';
import { seededToken } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { createClientTransaction } from '../../src/transaction/client-transaction.js';
import { keepRegistered } from '../../src/uac/keep-registered.js';
import { createUacCore } from '../../src/uac/uac-core.js';

export interface SentByOne {
  readonly at: number;
  readonly cseq: number;
  readonly nonce: number;
  readonly expires: number;
}

/** Every REGISTER that keepRegistered sends until the plan ends, and how many datagrams repeat one. */
export function registerOnce(plan: FleetPlan): { sent: readonly SentByOne[]; retransmissions: number } {
  const clock = new VirtualClock();
  const [cohort] = plan.cohorts;
  const [registrarPlan] = plan.registrars;
  if (cohort === undefined || registrarPlan === undefined) throw new Error('The plan is empty.');
  const environment = { clock, random: chanceOf(plan.seed, 0), token: seededToken(plan.seed) };
  const core = createUacCore({ environment, limits: cohort.limits });
  const registrar = new Registrar(registrarPlan, chanceOf(seedFor('registrars', plan.seed), 0));
  const registration = keepRegistered(registerOf(1, cohort.expires, -1), {
    core,
    policy: cohort.policy,
    credentials: [{ username: USERNAME, password: secret('a password that nobody verifies') }],
  });
  const sent: SentByOne[] = [];
  let retransmissions = 0;
  const { latencyMs, transport } = plan.network;

  registration.on('send', ({ request }) => {
    sent.push({ at: clock.now(), ...shownIn(request) });
    let transmissions = 0;
    // A server transaction absorbs what repeats a request that it is working on (RFC 3261 §17.2.2).
    let takenUntil = -Infinity;
    const transaction = createClientTransaction({
      request,
      reliable: transport === 'TCP',
      environment,
      transmit: () => {
        transmissions += 1;
        if (transmissions > 1) retransmissions += 1;
        clock.at(clock.now() + latencyMs, () => {
          if (clock.now() < takenUntil) return;
          const { nonce, expires } = shownIn(request);
          const arrival = registrar.arrive(clock.now(), { nonce, isRight: cohort.hasPassword }, expires);
          takenUntil = arrival === 'silence' ? registrar.moment : Infinity;
          if (arrival === 'silence') return;
          if (arrival === 'refusal') clock.at(clock.now() + latencyMs, () => transaction.transportError());
          else clock.at(registrar.moment + latencyMs, () => transaction.receive(answering(request, arrival.response)));
        });
      },
    });
    transaction.on('response', ({ response }) => registration.receive(response));
    transaction.on('timeout', () => registration.timeout());
    transaction.on('transportError', () => registration.transportError());
    transaction.start();
  });
  clock.at(cohort.start.atMs, () => registration.start());
  clock.advance(plan.untilMs);
  return { sent, retransmissions };
}

/** "The CSeq header field of the response MUST equal the CSeq field of the request" (RFC 3261 §8.2.6.2). */
function answering({ headers }: SipRequest, response: SipResponse): SipResponse {
  return { ...response, headers: setHeader(response.headers, 'CSeq', firstHeader(headers, 'CSeq') ?? '') };
}

function shownIn(request: SipRequest): Omit<SentByOne, 'at'> {
  const authorization = firstHeader(request.headers, 'Authorization');
  const [credentials] = authorization === undefined ? [] : readChallengeRow(authorization);
  return {
    cseq: readCSeq(request.headers)?.number ?? 0,
    nonce: nonceIn(credentials?.params.get('nonce') ?? ''),
    expires: Number(firstHeader(request.headers, 'Expires')),
  };
}
