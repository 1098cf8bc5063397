// RFC 3261 Figure 5 with RFC 6026, edge by edge: what each event does in each state.
import { transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import type { ClientTransactionEvent } from '../../machines/client-transaction-event.js';
import { beginClientTransaction } from '../../machines/client-transaction-setup.js';
import { createInviteClientTransactionMachine } from '../../machines/invite-client-transaction.machine.js';
import { emittedBy } from './client-transaction-effects.js';

type State = 'calling' | 'proceeding' | 'completed' | 'accepted';
type Step = readonly [in_: State, event: ClientTransactionEvent['type'], next: string, emitted: string];

const machine = createInviteClientTransactionMachine();

function step(value: State, type: ClientTransactionEvent['type'], reliable: boolean): readonly [unknown, string] {
  const at = machine.resolveState({ value, context: beginClientTransaction({ reliable }) });
  const [next, effects] = transition(machine, at, { type });
  return [next.value, emittedBy(effects)];
}

describe('the INVITE client transaction chart', () => {
  it.each<Step>([
    ['calling', 'timer.A', 'calling', 'transmit, start A 1000'],
    ['calling', 'timer.B', 'terminated', 'stop A, stop B, timeout B, terminated'],
    ['calling', 'transport.error', 'terminated', 'stop A, stop B, transportError, terminated'],
    ['calling', 'response.1xx.100', 'proceeding', 'stop A, stop B, deliver'],
    ['calling', 'response.2xx.200', 'accepted', 'stop A, stop B, deliver, start M 32000'],
    ['calling', 'response.3xx.302', 'completed', 'stop A, stop B, acknowledge, deliver, start D 32000'],
    ['calling', 'response.4xx.486', 'completed', 'stop A, stop B, acknowledge, deliver, start D 32000'],
    ['calling', 'response.5xx.503', 'completed', 'stop A, stop B, acknowledge, deliver, start D 32000'],
    ['calling', 'response.6xx.603', 'completed', 'stop A, stop B, acknowledge, deliver, start D 32000'],
    ['proceeding', 'response.1xx.180', 'proceeding', 'deliver'],
    ['proceeding', 'response.2xx.200', 'accepted', 'deliver, start M 32000'],
    ['proceeding', 'response.3xx.302', 'completed', 'acknowledge, deliver, start D 32000'],
    ['proceeding', 'response.4xx.487', 'completed', 'acknowledge, deliver, start D 32000'],
    ['proceeding', 'response.5xx.500', 'completed', 'acknowledge, deliver, start D 32000'],
    ['proceeding', 'response.6xx.600', 'completed', 'acknowledge, deliver, start D 32000'],
    ['proceeding', 'timer.A', 'proceeding', ''],
    ['proceeding', 'timer.B', 'proceeding', ''],
    ['proceeding', 'transport.error', 'proceeding', ''],
    ['completed', 'response.1xx.180', 'completed', ''],
    ['completed', 'response.2xx.200', 'completed', ''],
    ['completed', 'response.3xx.302', 'completed', 'acknowledge'],
    ['completed', 'response.4xx.486', 'completed', 'acknowledge'],
    ['completed', 'response.5xx.503', 'completed', 'acknowledge'],
    ['completed', 'response.6xx.603', 'completed', 'acknowledge'],
    ['completed', 'transport.error', 'terminated', 'stop D, transportError, terminated'],
    ['completed', 'timer.D', 'terminated', 'stop D, terminated'],
    ['accepted', 'response.1xx.180', 'accepted', ''],
    ['accepted', 'response.2xx.200', 'accepted', 'deliver'],
    ['accepted', 'response.4xx.486', 'accepted', ''],
    ['accepted', 'transport.error', 'accepted', ''],
    ['accepted', 'timer.M', 'terminated', 'stop M, terminated'],
    ['accepted', 'transaction.abandoned', 'terminated', 'stop M, terminated'],
  ])('in `%s`, %s leads to `%s`: %s', (value, type, next, emitted) => {
    expect(step(value, type, false)).toEqual([next, emitted]);
  });

  it('ends at once after the ACK for a refusal on a reliable transport: timer D is zero (RFC 6026 §8.4)', () => {
    const emitted = 'stop A, stop B, acknowledge, deliver, stop D, terminated';
    expect(step('calling', 'response.4xx.486', true)).toEqual(['terminated', emitted]);
  });

  it('waits for further 2xx on a reliable transport, too (RFC 6026 §8.4)', () => {
    expect(step('proceeding', 'response.2xx.200', true)).toEqual(['accepted', 'deliver, start M 32000']);
  });
});
