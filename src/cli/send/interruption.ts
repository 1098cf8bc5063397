// Ctrl-C: the first ends what is on its way, the second leaves at once.
import type { Io } from '../io.js';

export interface Interruption {
  /** Calls back on the first Ctrl-C, also when it has come already. */
  onFirst(listener: () => void): void;
  readonly hasCome: boolean;
  /** The second Ctrl-C. */
  readonly second: Promise<'left'>;
  end(): void;
}

export function interruptionOf(io: Io): Interruption {
  const listeners: (() => void)[] = [];
  let count = 0;
  let leave: (how: 'left') => void = () => undefined;
  const second = new Promise<'left'>((resolve) => {
    leave = resolve;
  });
  const end = io.onInterrupt(() => {
    count += 1;
    if (count === 1) for (const listener of listeners) listener();
    else leave('left');
  });
  return {
    onFirst(listener) {
      listeners.push(listener);
      if (count > 0) listener();
    },
    get hasCome() {
      return count > 0;
    },
    second,
    end,
  };
}
