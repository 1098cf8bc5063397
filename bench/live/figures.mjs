// The figures of one run, and of several as their medians.

/** @returns by name: numbers, and `undefined` where there is nothing to say. */
export function figuresOf({ client, registrar }, right) {
  const sum = (name) => registrar.registrations.reduce((total, one) => total + one[name], 0);
  const requests = sum('transactions');
  return {
    registrations: registrar.registrations.length,
    right,
    requests,
    retransmissions: sum('retransmissions'),
    seconds: registrar.seconds,
    perSecond: requests / registrar.seconds,
    perBusySecond: client.activeMs === undefined ? undefined : requests / (client.activeMs / 1000),
    cpuMs: client.cpuMs,
    cpuEachUs: (client.cpuMs * 1000) / requests,
    delayP50: client.delayMs?.p50,
    delayP99: client.delayMs?.p99,
    delayMax: client.delayMs?.max,
    rssMb: inMega(client.rssBytes),
    heapMb: inMega(client.heapBytes),
    registrarMs: registrar.cpuMs,
  };
}

/** What one registration weighs. */
export function weightOf({ client }) {
  return { inFlightKb: client.inFlightBytes / 1000, keptKb: client.keptBytes / 1000 };
}

export function mediansOf(runs) {
  const [first = {}] = runs;
  return Object.fromEntries(
    Object.keys(first).map((name) => {
      const values = runs.map((run) => run[name]).filter((value) => Number.isFinite(value));
      return [name, values.sort((one, other) => one - other)[Math.floor(values.length / 2)]];
    }),
  );
}

const inMega = (octets) => (octets === undefined ? undefined : octets / 1e6);
