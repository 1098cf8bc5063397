// RFC 3261 Figure 6, edge by edge: what each event does in each state.
import { transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import type { ClientTransactionEvent } from '../../machines/client-transaction-event.js';
import { beginClientTransaction } from '../../machines/client-transaction-setup.js';
import { createNonInviteClientTransactionMachine } from '../../machines/non-invite-client-transaction.machine.js';
import { emittedBy } from './client-transaction-effects.js';

type State = 'trying' | 'proceeding' | 'completed';
type Step = readonly [in_: State, event: ClientTransactionEvent['type'], next: string, emitted: string];

const machine = createNonInviteClientTransactionMachine();

function step(value: State, type: ClientTransactionEvent['type'], reliable: boolean): readonly [unknown, string] {
  const at = machine.resolveState({ value, context: beginClientTransaction({ reliable }) });
  const [next, effects] = transition(machine, at, { type });
  return [next.value, emittedBy(effects)];
}

const completing = 'deliver, stop E, stop F, start K 5000';
const over = 'stop E, stop F, stop K, terminated';

describe('the non-INVITE client transaction chart', () => {
  it.each<Step>([
    ['trying', 'timer.E', 'trying', 'transmit, start E 1000'],
    ['trying', 'timer.F', 'terminated', `timeout F, ${over}`],
    ['trying', 'transport.error', 'terminated', `transportError, ${over}`],
    ['trying', 'response.1xx.100', 'proceeding', 'deliver'],
    ['trying', 'response.2xx.200', 'completed', completing],
    ['trying', 'response.3xx.302', 'completed', completing],
    ['trying', 'response.4xx.423', 'completed', completing],
    ['trying', 'response.5xx.503', 'completed', completing],
    ['trying', 'response.6xx.603', 'completed', completing],
    ['proceeding', 'timer.E', 'proceeding', 'transmit, start E 4000'],
    ['proceeding', 'timer.F', 'terminated', `timeout F, ${over}`],
    ['proceeding', 'transport.error', 'terminated', `transportError, ${over}`],
    ['proceeding', 'response.1xx.100', 'proceeding', 'deliver'],
    ['proceeding', 'response.2xx.200', 'completed', completing],
    ['proceeding', 'response.3xx.302', 'completed', completing],
    ['proceeding', 'response.4xx.404', 'completed', completing],
    ['proceeding', 'response.5xx.500', 'completed', completing],
    ['proceeding', 'response.6xx.600', 'completed', completing],
    ['completed', 'response.1xx.100', 'completed', ''],
    ['completed', 'response.2xx.200', 'completed', ''],
    ['completed', 'response.4xx.404', 'completed', ''],
    ['completed', 'transport.error', 'completed', ''],
    ['completed', 'timer.E', 'completed', ''],
    ['completed', 'timer.K', 'terminated', over],
    ['completed', 'transaction.abandoned', 'terminated', over],
  ])('in `%s`, %s leads to `%s`: %s', (value, type, next, emitted) => {
    expect(step(value, type, false)).toEqual([next, emitted]);
  });

  it('ends at once after a final response on a reliable transport: timer K is zero (RFC 3261 §17.1.2.2)', () => {
    expect(step('trying', 'response.2xx.200', true)).toEqual(['terminated', `deliver, stop E, stop F, ${over}`]);
  });
});
