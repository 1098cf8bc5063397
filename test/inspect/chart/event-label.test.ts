import { describe, expect, it } from 'vitest';
import { eventInShort, eventsInShort } from '../../../src/inspect/chart/event-label.js';

describe('eventsInShort', () => {
  it('names codes, then what stands for the rest of a class, then other events', () => {
    const events = ['response.5xx.*', 'response.4xx.480', 'transport.error', 'response.4xx.413', 'response.4xx.413'];
    expect(eventsInShort(events)).toBe('413, 480, 5xx, transport error');
  });

  it('tells many codes as their classes with a number', () => {
    const events = Array.from({ length: 9 }, (_, place) => `response.${place < 5 ? '4xx.40' : '5xx.50'}${place}`);
    expect(eventsInShort([...events, 'transaction.timeout'])).toBe('4xx, 5xx (9 codes), timeout');
  });

  it('leaves other names as they are', () => {
    expect(eventInShort('timer.B')).toBe('timer.B');
    expect(eventInShort('response.4xx')).toBe('response.4xx');
  });
});
