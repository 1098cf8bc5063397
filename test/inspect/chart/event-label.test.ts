import { describe, expect, it } from 'vitest';
import { eventInShort, eventsInShort, familiesInShort } from '../../../src/inspect/chart/event-label.js';

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

describe('familiesInShort', () => {
  it('names few codes, and counts many by their families', () => {
    expect(familiesInShort(['response.4xx.401', 'response.4xx.407', 'response.4xx.401'])).toBe('401, 407');
    const many = ['response.4xx.404', 'response.4xx.410', 'response.4xx.*', 'response.5xx.503', 'response.6xx.*'];
    expect(familiesInShort([...many, 'transaction.timeout'])).toBe('4xx (2), 5xx (1), 6xx, timeout');
  });

  it('tells events that begin alike by what they have in common, and what is taken without an event', () => {
    expect(familiesInShort(['answer.given', '', 'answer.refused', 'deadline.passed'])).toBe(
      'answer.*, at once, deadline.passed',
    );
    expect(familiesInShort(['answer.given'])).toBe('answer.given');
  });
});
