import { readFileSync } from 'node:fs';
import { createMachine } from 'xstate';
import { describe, expect, it } from 'vitest';
import { exportMachine } from '../../machines/export-machine.js';
import { createRetryMachine } from '../../machines/retry.machine.js';
import { chartOf } from './chart-of.js';

describe('exportMachine', () => {
  it('is what the repository holds, so that a review sees every edge that a release changes', () => {
    const held = readFileSync(new URL('../../machines/retry.machine.json', import.meta.url), 'utf8');
    expect(held === exportMachine(), 'machines/retry.machine.json is stale: run `npm run export`').toBe(true);
  });

  it('is pure data: read back, it makes a chart with the same states and edges', () => {
    const machine = createRetryMachine();
    const again = createMachine(JSON.parse(exportMachine(machine)) as Parameters<typeof createMachine>[0]);
    expect(chartOf(again.root)).toEqual(chartOf(machine.root));
  });

  it('carries no function but the ones that make context and output', () => {
    const functions: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value === 'function') functions.push(path);
      else if (typeof value === 'object' && value !== null) {
        for (const [name, member] of Object.entries(value)) walk(member, `${path}.${name}`);
      }
    };
    walk(createRetryMachine().config, 'config');
    expect(functions.sort()).toEqual(['config.context', 'config.output']);
  });
});
