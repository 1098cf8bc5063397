// How the requests of a scenario are called where they do not say it themselves.
import type { WrittenRequest } from './scenario.js';

/** Their ids in order: the given one, else the method in small letters, numbered where it is taken. */
export function requestIds({
  requests,
}: {
  readonly requests: readonly Pick<WrittenRequest, 'id' | 'method'>[];
}): readonly string[] {
  const taken = new Set(requests.flatMap(({ id }) => (id === undefined ? [] : [id])));
  return requests.map(({ id, method }) => {
    if (id !== undefined) return id;
    const name = method.toLowerCase();
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
    taken.add(free);
    return free;
  });
}
