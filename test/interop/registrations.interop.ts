// A thousand registrations at once from one process against a registrar that fails in many ways: all end right.
import { describe, expect, it } from 'vitest';
import { startProgram } from './peers/process.js';

const BENCH = new URL('../../bench/live/run.mjs', import.meta.url).pathname;

/** What the script of each kind must lead to (RFC 3261 §10.2.8, §20.33, §21.4, §22.1), and how many of a thousand there are. */
const EXPECTED = {
  'at once': { ends: 'accepted', attempts: 1, of: 150 },
  'with credentials': { ends: 'accepted', attempts: 2, of: 450 },
  'stale nonce': { ends: 'accepted', attempts: 3, of: 100 },
  'too brief': { ends: 'accepted', attempts: 2, of: 80 },
  'unavailable 1 s': { ends: 'accepted', attempts: 2, of: 30 },
  'unavailable 2 s': { ends: 'accepted', attempts: 2, of: 20 },
  'server error 1 s': { ends: 'accepted', attempts: 2, of: 40 },
  'lost datagram': { ends: 'accepted', attempts: 1, of: 50 },
  'wrong password': { ends: 'gaveUp credentialsRejected', attempts: 2, of: 50 },
  forbidden: { ends: 'gaveUp forbidden', attempts: 1, of: 30 },
} as const;

/** One registration as the client tells it. */
interface Ended {
  readonly number: number;
  readonly type: string;
  readonly reason?: string;
  readonly attempts: number;
}

/** The same one as the registrar saw it. */
interface Seen {
  readonly number: number;
  readonly kind: keyof typeof EXPECTED;
  readonly transactions: number;
  readonly retransmissions: number;
  readonly complaints: readonly string[];
}

interface Run {
  readonly client: { readonly registrations: readonly Ended[]; readonly sent: number; readonly sentTooEarly: number };
  readonly registrar: { readonly registrations: readonly Seen[]; readonly seconds: number };
}

async function run(transport: 'UDP' | 'TCP'): Promise<Run> {
  const name = `mixed ${transport}`;
  const program = startProgram(process.execPath, [BENCH, '--json', '--details', '--rounds', '1', '--only', name]);
  await program.ended;
  const found = JSON.parse(program.stdout()) as { readonly details: Readonly<Record<string, Run>> };
  const details = found.details[name];
  if (details === undefined) throw new Error(program.stderr());
  return details;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

describe('a thousand registrations at once', { concurrent: false }, () => {
  it.each(['UDP', 'TCP'] as const)('end over %s as their scripts demand', { timeout: 80_000 }, async (transport) => {
    const { client, registrar } = await run(transport);
    const seen = new Map(registrar.registrations.map((one) => [one.number, one]));
    expect(seen.size).toBe(1000);
    const ends = client.registrations.map(({ number, type, reason, attempts }) => {
      const kind = seen.get(number)?.kind;
      return { kind, ends: reason === undefined ? type : `${type} ${reason}`, attempts };
    });

    for (const [kind, { of, ...expected }] of Object.entries(EXPECTED)) {
      const ofKind = ends.filter((one) => one.kind === kind);
      expect(ofKind, kind).toHaveLength(of);
      expect(ofKind.filter(({ ends, attempts }) => ends !== expected.ends || attempts !== expected.attempts)).toEqual(
        [],
      );
    }
    // On the wire: one client transaction for each decision, none begun twice, each as its script demands.
    expect(registrar.registrations.flatMap(({ complaints }) => complaints)).toEqual([]);
    const transactions = registrar.registrations.map((one) => one.transactions);
    expect(transactions).toEqual(registrar.registrations.map(({ kind }) => EXPECTED[kind].attempts));
    expect(client.sent).toBe(sum(transactions));
    // Lost datagrams are sent again in the same transaction; nothing is sent again over a reliable transport.
    const again = sum(registrar.registrations.map(({ retransmissions }) => retransmissions));
    if (transport === 'TCP') expect(again).toBe(0);
    else expect(again).toBeGreaterThanOrEqual(50);
    // RFC 3261 §21.5.4: no other request goes to the server while the Retry-After of a 503 lasts.
    expect(client.sentTooEarly).toBe(0);
    expect(registrar.seconds).toBeLessThan(30);
  });
});
