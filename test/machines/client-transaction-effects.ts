// What a chart of a client transaction emits in one step, in one line.
import type { ExecutableActionsFrom } from 'xstate';
import type { ClientTransactionEmitted } from '../../machines/client-transaction-event.js';
import type { InviteClientTransactionMachine } from '../../machines/invite-client-transaction.machine.js';

export function emittedBy(effects: readonly ExecutableActionsFrom<InviteClientTransactionMachine>[]): string {
  return effects
    .map(({ params }) => inShort((params as { readonly event: ClientTransactionEmitted }).event))
    .join(', ');
}

function inShort(emitted: ClientTransactionEmitted): string {
  switch (emitted.type) {
    case 'startTimer':
      return `start ${emitted.timer} ${emitted.ms}`;
    case 'stopTimer':
      return `stop ${emitted.timer}`;
    case 'timeout':
      return `timeout ${emitted.timer}`;
    case 'transmit':
    case 'acknowledge':
    case 'deliver':
    case 'transportError':
    case 'terminated':
      return emitted.type;
  }
}
