import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { chartMermaid } from '../../../src/inspect/chart/chart-mermaid.js';
import { chartOf } from '../../../src/inspect/chart/chart-model.js';

const door = createMachine({
  id: 'door',
  initial: 'closed',
  on: { burn: '.gone' },
  states: {
    closed: {
      initial: 'locked',
      on: { open: 'open' },
      states: { locked: { on: { unlock: 'unlocked' } }, unlocked: { on: { lock: 'locked' } } },
    },
    open: { on: { close: [{ target: 'closed', guard: 'isWhole' }], slam: 'closed', push: {} } },
    gone: { type: 'final' },
  },
});

const lines = chartMermaid(chartOf(door.config)).split('\n');

describe('chartMermaid', () => {
  it('names a state within another one by its path, and draws no frame around it', () => {
    expect(lines).toContain('  state "closed.locked" as closed_locked');
    expect(lines.join('\n')).not.toMatch(/[{}]/);
  });

  it('leads to the state that is entered in the end', () => {
    expect(lines).toContain('  [*] --> closed_locked');
    expect(lines).toContain('  open --> closed_locked: close [isWhole]<br/>slam');
  });

  it('draws a state around others where an edge leaves all of them', () => {
    expect(lines).toContain('  state "any of closed" as closed');
    expect(lines).toContain('  closed --> open: open');
    expect(lines).toContain('  state "any state" as anyState');
    expect(lines).toContain('  anyState --> gone: burn');
  });

  it('stays in a state that an edge does not leave', () => {
    expect(lines).toContain('  open --> open: push');
  });

  it('ends where a final state is entered', () => {
    expect(lines).toContain('  gone --> [*]');
  });
});
