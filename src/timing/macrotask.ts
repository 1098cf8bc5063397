// The end of the present turn: everything that promises have put off until now has happened by then.

/**
 * Resolves in a turn of its own, after all promise callbacks that are due. Virtual time goes on only then: what happens
 * at a moment is over before the next moment comes.
 */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else passMessage(resolve);
  });
}

/** Browsers have no setImmediate, and hold back timeouts that follow one another. */
function passMessage(resolve: () => void): void {
  const { port1, port2 } = new MessageChannel();
  const onmessage = (): void => {
    port1.close();
    resolve();
  };
  // As a browser has it; the types of Node know other ways only.
  Object.assign(port1, { onmessage });
  port2.postMessage(undefined);
}
