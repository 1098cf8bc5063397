// Chance for a million clients in four bytes each: the n-th number of a client is computed from the seed, the client and n.

/** Numbers of [0, 1), a stream for each client; the same seed gives the same streams. */
export class Chance {
  readonly #seed: number;
  readonly #draws: Uint32Array;

  constructor(seed: number, streams: number) {
    this.#seed = seed;
    this.#draws = new Uint32Array(streams);
  }

  /** The next number of this stream. */
  draw(stream: number): number {
    const count = this.#draws[stream] ?? 0;
    this.#draws[stream] = count + 1;
    return numberOf(this.#seed, stream, count);
  }
}

/** The stream of one client as a function: a UAC that is given it has the same chance as that client of the fleet. */
export function chanceOf(seed: number, stream: number): () => number {
  let count = 0;
  return () => {
    count += 1;
    return numberOf(seed, stream, count - 1);
  };
}

/** The seed of another set of streams: what clients draw must not depend on what else is left to chance. */
export function seedFor(purpose: 'registrars' | 'starts', seed: number): number {
  return mixed(seed ^ (purpose === 'registrars' ? 0x5bd1e995 : 0x27d4eb2f));
}

function numberOf(seed: number, stream: number, count: number): number {
  const key = mixed(seed ^ Math.imul(stream + 1, 0x9e3779b9));
  return (mixed(mixed((key + Math.imul(count + 1, 0x85ebca6b)) | 0) ^ key) >>> 0) / 2 ** 32;
}

/** Spreads one word over many: neighbours end far apart, and no two words become one. */
function mixed(start: number): number {
  let word = start ^ (start >>> 16);
  word = Math.imul(word, 0x21f0aaad);
  word ^= word >>> 15;
  word = Math.imul(word, 0x735a2d97);
  return word ^ (word >>> 15);
}
