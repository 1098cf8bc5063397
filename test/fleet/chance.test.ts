import { describe, expect, it } from 'vitest';
import { Chance, chanceOf } from '../../src/fleet/chance.js';

const DRAWS = 100_000;

describe('chance of a fleet', () => {
  it('gives a client the same numbers as its own stream', () => {
    const chance = new Chance(7, 3);
    const own = chanceOf(7, 2);
    chance.draw(0);
    for (let draw = 0; draw < 5; draw += 1) expect(chance.draw(2)).toBe(own());
  });

  it.each([
    ['of one client', (draw: number) => ({ stream: 5, count: draw })],
    ['of all clients', (draw: number) => ({ stream: draw, count: 0 })],
  ])('is spread evenly over the draws %s', (_, place) => {
    const chance = new Chance(1, DRAWS);
    const bins = new Array<number>(20).fill(0);
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const bin = Math.floor(20 * chance.draw(place(draw).stream));
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const wanted = DRAWS / 20;
    const chiSquare = bins.reduce((sum, count) => sum + (count - wanted) ** 2 / wanted, 0);
    // 19 degrees of freedom: above 43.8 once in a thousand.
    expect(chiSquare).toBeLessThan(43.8);
  });

  it('ties no client to its neighbour', () => {
    const chance = new Chance(1, DRAWS + 1);
    let product = 0;
    let last = chance.draw(0) - 0.5;
    for (let client = 1; client <= DRAWS; client += 1) {
      const next = chance.draw(client) - 0.5;
      product += last * next;
      last = next;
    }
    // Without a tie: 0, with a standard deviation of 1/12 · √n.
    expect(Math.abs(product)).toBeLessThan((4 / 12) * Math.sqrt(DRAWS));
  });
});
