// A machine that is not ours, with a secret in its context.
import { createMachine } from 'xstate';

export const light = createMachine({
  id: 'light',
  initial: 'red',
  context: { password: 'hunter22' },
  states: {
    red: { on: { next: 'green' } },
    green: { on: { next: [{ guard: () => false, target: 'red' }, { target: 'off' }] } },
    off: { type: 'final' },
  },
});
