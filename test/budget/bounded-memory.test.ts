import { describe, expect, it } from 'vitest';
import { BoundedMemory } from '../../src/budget/bounded-memory.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';

function memoryOf(capacity: number) {
  const clock = new VirtualClock();
  return { clock, memory: new BoundedMemory<number>(clock, { capacity, forbidsUntil: (until) => until }) };
}

describe('BoundedMemory', () => {
  it('remembers and forgets on request', () => {
    const { memory } = memoryOf(2);
    expect(memory.set('a', 1)).toBe(true);
    expect(memory.get('a')).toBe(1);
    memory.delete('a');
    expect(memory.get('a')).toBeUndefined();
    expect(memory.size).toBe(0);
  });

  it('turns a new key away while everything forbids, and takes known ones', () => {
    const { clock, memory } = memoryOf(2);
    memory.set('a', 10);
    memory.set('b', 20);
    expect(memory.set('c', 30)).toBe(false);
    expect(memory.set('a', 15)).toBe(true);
    clock.advance(10);
    expect(memory.set('c', 30)).toBe(false);
    clock.advance(5);
    expect(memory.set('c', 30)).toBe(true);
    expect([memory.get('a'), memory.get('b'), memory.get('c')]).toEqual([undefined, 20, 30]);
  });

  it('looks again when something it knows ends sooner than before', () => {
    const { clock, memory } = memoryOf(1);
    memory.set('a', 100);
    expect(memory.set('b', 1)).toBe(false);
    memory.set('a', 5);
    clock.advance(5);
    expect(memory.set('b', 10)).toBe(true);
  });

  it('has room again once something is deleted', () => {
    const { memory } = memoryOf(1);
    memory.set('a', 100);
    expect(memory.set('b', 100)).toBe(false);
    memory.delete('a');
    expect(memory.set('b', 100)).toBe(true);
  });

  it('knows a host in any case (RFC 3261 §19.1.4), and keys of absurd length as one', () => {
    const { memory } = memoryOf(5);
    memory.set('sip:Example.COM', 1);
    expect(memory.get('SIP:example.com')).toBe(1);
    memory.set('a'.repeat(513), 2);
    expect(memory.get('b'.repeat(60_000))).toBe(2);
    expect(memory.get('b'.repeat(512))).toBeUndefined();
  });
});
