// Requests that wait after a 486 with Retry-After: as a plain record, and as an actor in the state `waiting`.
import { createActor } from 'xstate';
import { driveRetry } from '../machines/drive-retry.ts';
import { attemptEnded } from '../machines/retry-event.ts';
import { createRetryMachine } from '../machines/retry.machine.ts';
import { Keyring } from '../src/digest/keyring.ts';
import { decide } from '../src/policy/decide.ts';
import { factsOf } from '../src/policy/facts-of.ts';
import { rfcPolicy } from '../src/policy/table/index.ts';
import { beginRecord, noteDecision } from '../src/request/record.ts';
import { readMessage } from '../src/sip/read-message.ts';
import { systemEnvironment } from '../src/timing/environment.ts';
import { requestOf } from './ours.mjs';

const busyText = [
  'SIP/2.0 486 Busy Here',
  'Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK2d4790;rport=5060',
  'To: Bob <sip:bob@biloxi.example.com>;tag=8321234356',
  'From: Alice <sip:alice@atlanta.example.com>;tag=1928301774',
  'Call-ID: a84b4c76e66710@pc33.atlanta.example.com',
  'CSeq: 314159 INVITE',
  'Retry-After: 120 (in a meeting)',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');

/** Makes records from texts. */
export function keepRecords() {
  return (text) => {
    const record = beginRecord(requestOf(text), 0);
    const facts = factsOfBusy(record.request, record.history);
    const noted = noteDecision(record, facts, decide(rfcPolicy, facts), 40);
    if (noted.deadline?.for !== 'wait') throw new Error('The request does not wait.');
    return noted;
  };
}

/** Makes started actors from texts, each with a listener as a host has one. */
export function keepActors() {
  const machine = createRetryMachine();
  const listen = () => undefined;
  return (text) => {
    const request = requestOf(text);
    const actor = createActor(machine, { input: { request, at: 0 } });
    actor.on('*', listen);
    actor.start();
    const { history } = actor.getSnapshot().context;
    actor.send(attemptEnded(factsOfBusy(request, history), { token: 'a1b2c3d4e5f6a7b8' }, 40));
    if (!actor.getSnapshot().matches({ recovering: 'waiting' })) throw new Error('The actor does not wait.');
    return actor;
  };
}

/** Requests that `driveRetry` drives, each with the listeners of a host and the promise of its outcome. */
export function keepDriven() {
  const environment = systemEnvironment({ unref: true });
  const keyring = new Keyring();
  const listen = () => undefined;
  return (text) => {
    const driven = driveRetry({ request: requestOf(text), environment, keyring });
    for (const type of ['send', 'decision', 'wait', 'done']) driven.on(type, listen);
    const outcome = driven.start();
    driven.receive(readMessage(busyText).response);
    if (driven.state !== 'recovering.waiting') throw new Error('The request does not wait.');
    return { driven, outcome };
  };
}

function factsOfBusy(request, history) {
  const { response } = readMessage(busyText);
  return factsOf(request, response, history);
}
