// Chance that can be repeated: the same seed gives the same run. For tests and the simulator, never for what must be unguessable.
import { tokenFrom } from './token.js';

/** Numbers of [0, 1), 32 bits each, from a small counting generator (three mixed words and a counter). */
export function seededRandom(seed: number | string): () => number {
  const words = seededWords(seed);
  return () => words() / 2 ** 32;
}

/** Tokens like those of the environment, but foreseeable. */
export function seededToken(seed: number | string): () => string {
  const words = seededWords(seed);
  return () => tokenFrom(() => words() >>> 22);
}

function seededWords(seed: number | string): () => number {
  const mix = mixer(hashOf(String(seed)));
  let a = mix();
  let b = mix();
  let c = mix();
  let counter = 1;
  return () => {
    const word = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    return word >>> 0;
  };
}

/** Spreads one word over many, so that seeds which differ in one bit start far apart. */
function mixer(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = state ^ (state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return word ^ (word >>> 15);
  };
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
