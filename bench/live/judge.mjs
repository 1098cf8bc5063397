// What is wrong in one run: every registration's end against its script, and what each of both sides says it sent.
import { KINDS } from './scripts.mjs';

/** @returns sentences; none when all is right. */
export function faultsOf({ client, registrar }, { count }) {
  const faults = [];
  const fault = (holds, sentence) => {
    if (!holds) faults.push(sentence);
  };
  fault(registrar.registrations.length === count, `${registrar.registrations.length} users came, ${count} expected`);
  fault(registrar.discarded === 0, `${registrar.discarded} messages that the registrar cannot read`);
  for (const { number, kind, complaints, transactions } of registrar.registrations) {
    for (const complaint of complaints) faults.push(`${kind}, user ${number}: ${complaint}`);
    const { length } = KINDS[kind].answers;
    fault(transactions === length, `${kind}, user ${number}: ${transactions} transactions, ${length} expected`);
  }
  if (client.registrations === undefined) {
    fault(client.code === 0, `SIPp ended with ${client.code}: ${client.why}`);
    return faults;
  }
  const onWire = new Map(registrar.registrations.map((one) => [one.number, one]));
  for (const { number, type, reason, attempts } of client.registrations) {
    const { kind, transactions } = onWire.get(number) ?? { kind: 'at once', transactions: 0 };
    const expected = KINDS[kind];
    const [ended, wanted] = [`${type} ${reason ?? ''}`.trim(), `${expected.ends} ${expected.reason ?? ''}`.trim()];
    fault(ended === wanted, `${kind}, user ${number}: ${ended}, ${wanted} expected`);
    fault(attempts === transactions, `${kind}, user ${number}: ${attempts} attempts, ${transactions} transactions`);
  }
  fault(client.sentTooEarly === 0, `${client.sentTooEarly} requests while the Retry-After of a 503 lasted`);
  return faults;
}

/** How many registrations have nothing wrong with them. */
export function rightOf({ client, registrar }, faults, count) {
  const wrong = new Set(faults.map((sentence) => /user (\d+):/.exec(sentence)?.[1]));
  wrong.delete(undefined);
  const isSipp = client.registrations === undefined;
  const came = isSipp && client.code !== 0 ? 0 : registrar.registrations.length;
  return Math.min(came, count) - wrong.size;
}
