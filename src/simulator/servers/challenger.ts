// A server that lets nobody in without digest credentials (RFC 3261 §22).
import type { BehaviourOf } from '../scenario.js';
import type { ServingMeans } from './behaviour.js';
import { DigestGate } from './digest-gate.js';
import { scriptServing } from './script.js';
import { delayed, type Serving } from './service.js';

/** Challenges, verifies, and goes on by its `then`. */
export function challengerServing(
  { challenge, after = 0, then }: BehaviourOf<'challenger'>,
  { name, path, usersOf }: ServingMeans,
): Serving {
  const gate = new DigestGate(challenge, usersOf(challenge.realm), false);
  const behind = scriptServing(then ?? [{ status: 200, times: 'always' }], name, [...path, 'then']);
  return {
    serve: (request, moment) => delayed(gate.refusalOf(request, moment) ?? behind.serve(request, moment), after),
    restart: () => gate.forget(),
  };
}
