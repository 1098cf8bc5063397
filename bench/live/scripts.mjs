// What each registration meets, by its number, and what that must lead to. Registrar and judge read the same scripts.

/**
 * Kinds of registrations: how many of a hundred, what the registrar answers to each transaction in turn, and how the
 * registration must end. A Retry-After in seconds stands after the status; `loses` is the datagrams that go unheard.
 */
export const KINDS = {
  'at once': { share: 15, answers: ['200'], ends: 'accepted' },
  'with credentials': { share: 45, answers: ['401', '200'], ends: 'accepted' },
  'stale nonce': { share: 10, answers: ['401', '401 stale', '200'], ends: 'accepted' },
  'too brief': { share: 8, answers: ['423', '200'], ends: 'accepted' },
  'unavailable 1 s': { share: 3, answers: ['503 1', '200'], ends: 'accepted' },
  'unavailable 2 s': { share: 2, answers: ['503 2', '200'], ends: 'accepted' },
  'server error 1 s': { share: 4, answers: ['500 1', '200'], ends: 'accepted' },
  'lost datagram': { share: 5, answers: ['200'], loses: 1, ends: 'accepted' },
  'wrong password': { share: 5, answers: ['401', '401'], ends: 'gaveUp', reason: 'credentialsRejected' },
  forbidden: { share: 3, answers: ['403'], ends: 'gaveUp', reason: 'forbidden' },
};

/** What nobody fails: the comparison. */
const PLAIN = 'with credentials';

/** @returns for each number of a registration its kind: the same for the same seed. */
export function kindsOf({ mix, count, seed }) {
  if (mix === 'plain') return Array.from({ length: count }, () => PLAIN);
  const hundred = Object.entries(KINDS).flatMap(([kind, { share }]) => Array.from({ length: share }, () => kind));
  return shuffled(
    Array.from({ length: count }, (_, number) => hundred[number % hundred.length]),
    seed,
  );
}

export const REALM = 'example.test';
export const PASSWORD = 'open sesame';

/** The user of a number, and back. */
export const userOf = (number) => `user${number}`;
export const numberOf = (user) => Number(user.slice('user'.length));

function shuffled(list, seed) {
  const next = numbersFrom(seed);
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    [list[last], list[other]] = [list[other], list[last]];
  }
  return list;
}

/** mulberry32: small, and good enough to shuffle with. */
function numbersFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
