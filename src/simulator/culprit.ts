// What keeps a simulation going that should have ended: requests without an outcome, and what was sent again and again.
import type { Recorder } from './recorder.js';
import type { SimulatedRequest } from './simulated-request.js';

export function culpritOf(requests: readonly SimulatedRequest[], recorder: Recorder): string {
  const open = requests.filter(({ isOver }) => !isOver);
  const states = open.map(({ id, state }) => `the request "${id}" is in state ${state}`);
  const [last] = recorder.lastSummaries().slice(-1);
  const often = last === undefined ? [] : [`what passed last was ${last}`];
  return [...states, ...often].join(', ');
}
