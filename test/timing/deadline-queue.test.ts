// The queue of deadlines: a heap whose entries can leave from anywhere.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeadlineQueue, type Deadline } from '../../src/timing/deadline-queue.js';

describe('DeadlineQueue', () => {
  it('gives deadlines by moment, and in order of arming for the same moment, whatever was removed between', () => {
    const step = fc.record({
      moment: fc.integer({ min: 0, max: 6 }),
      removes: fc.option(fc.nat(), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = new DeadlineQueue();
        let held: Deadline[] = [];
        for (const { moment, removes } of steps) {
          held.push(queue.add(moment, () => undefined));
          const leaving = removes === undefined ? undefined : held[removes % held.length];
          if (leaving === undefined) continue;
          queue.remove(leaving);
          queue.remove(leaving);
          held = held.filter((deadline) => deadline !== leaving);
        }
        expect(queue.size).toBe(held.length);
        const drained: Deadline[] = [];
        for (let next = queue.earliest(); next !== undefined; next = queue.earliest()) {
          drained.push(next);
          queue.remove(next);
        }
        expect(drained).toEqual([...held].sort((one, other) => one.moment - other.moment || one.order - other.order));
      }),
    );
  });

  it('is empty at first', () => {
    const queue = new DeadlineQueue();
    expect(queue.size).toBe(0);
    expect(queue.earliest()).toBeUndefined();
  });
});
