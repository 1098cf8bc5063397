import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../src/fleet/event-queue.js';
import { Rows } from '../../src/fleet/rows.js';

describe('the queue of coming events', () => {
  it('gives what is earliest, and of the same moment what was scheduled first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 200 }), (moments) => {
        const queue = new EventQueue(Rows.forClients(moments.length), 200);
        moments.forEach((moment, client) => queue.schedule(client, moment));
        const taken: number[] = [];
        for (let client = queue.take(); client >= 0; client = queue.take()) taken.push(client);
        const wanted = moments
          .map((_, client) => client)
          .sort((a, b) => (moments[a] ?? 0) - (moments[b] ?? 0) || a - b);
        expect(taken).toEqual(wanted);
      }),
    );
  });

  it('takes up what is scheduled meanwhile, also for the present moment', () => {
    const queue = new EventQueue(Rows.forClients(2), 1_000);
    queue.schedule(0, 10);
    queue.schedule(1, 500.5);
    expect(queue.take()).toBe(0);
    queue.schedule(0, 10);
    expect(queue.take()).toBe(0);
    queue.schedule(0, 500.25);
    expect(queue.take()).toBe(0);
    expect(queue.momentOf(0)).toBe(500.25);
    expect(queue.take()).toBe(1);
    expect(queue.take()).toBe(-1);
  });

  it('never gives what lies beyond the horizon', () => {
    const queue = new EventQueue(Rows.forClients(2), 100);
    queue.schedule(0, 100);
    queue.schedule(1, 100.1);
    expect(queue.take()).toBe(0);
    expect(queue.take()).toBe(-1);
  });
});
