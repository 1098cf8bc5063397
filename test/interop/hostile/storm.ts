// What storms and guesses are, counted on the wire: by code that knows nothing of how the client holds its bounds.
import type { RequestBound } from '../../../src/budget/request-bound.js';
import type { Arrival } from '../peers/scripted-server.js';
import { header } from '../wrong-client/message.js';

const MINUTE = 60_000;

/** What was counted. */
export interface Counted {
  readonly transactions: number;
  /** The most transactions that one (server, address-of-record, method) got in any minute. */
  readonly busiest: number;
  /** The same for datagrams, or for messages on a stream. */
  readonly busiestMessages: number;
  /** Credentials that a server has refused, for the (kind, realm) where most were. */
  readonly refusedGuesses: number;
  /** How often credentials were answered with `stale=true` in a row, likewise. */
  readonly staleInARow: number;
}

export function count(arrivals: readonly Arrival[]): Counted {
  const requests = arrivals.filter(({ method }) => method !== 'ACK');
  const transactions = requests.filter(({ isAgain }) => !isAgain);
  return {
    transactions: transactions.length,
    busiest: busiestMinute(transactions),
    busiestMessages: busiestMinute(requests),
    ...countGuesses(transactions),
  };
}

/** What is above the bound; empty when nothing is. */
export function storms(counted: Counted, bound: RequestBound): readonly string[] {
  return [
    ...(counted.busiest > bound.transactionsPerMinute ? [`${counted.busiest} transactions in a minute`] : []),
    ...(counted.busiestMessages > bound.datagramsPerMinute ? [`${counted.busiestMessages} messages in a minute`] : []),
  ];
}

/** The most in any minute [t, t + 60 s) for one (server, address-of-record, method). */
export function busiestMinute(arrivals: readonly Arrival[]): number {
  const moments = new Map<string, number[]>();
  for (const arrival of arrivals) {
    const key = `${arrival.server} ${addressOfRecord(arrival)} ${arrival.method}`;
    moments.set(key, [...(moments.get(key) ?? []), arrival.at]);
  }
  return Math.max(0, ...[...moments.values()].map(mostInAMinute));
}

export function mostInAMinute(moments: readonly number[]): number {
  let [most, first] = [0, 0];
  moments.forEach((moment, index) => {
    while ((moments[first] ?? moment) <= moment - MINUTE) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

/** RFC 3261 §10.2: what is registered stands in To. */
function addressOfRecord({ method, message }: Arrival): string {
  return /<([^>]*)>/.exec(header(message, method === 'REGISTER' ? 'To' : 'From') ?? '')?.[1] ?? '';
}

/** By the answers that the server has given: it knows what it refused. */
function countGuesses(transactions: readonly Arrival[]): Pick<Counted, 'refusedGuesses' | 'staleInARow'> {
  const refused = new Map<string, number>();
  const stale = new Map<string, number>();
  let staleInARow = 0;
  for (const { message, answers, server } of transactions) {
    const final = answers.map(String).findLast((text) => /^SIP\/2\.0 [2-6]/.test(text)) ?? '';
    for (const [name, value] of message.headers) {
      const kind = /^(?:Proxy-)?Authorization$/i.exec(name)?.[0];
      if (kind === undefined) continue;
      const realm = /realm="((?:[^"\\]|\\.)*)"/.exec(value)?.[1] ?? '';
      const key = `${server} ${kind} ${realm}`;
      const asked = challengesIn(final, kind).filter((challenge) => challenge.includes(`realm="${realm}"`));
      const isStale = asked.length > 0 && asked.every((challenge) => /stale="?true/i.test(challenge));
      if (asked.length > 0 && !isStale) refused.set(key, (refused.get(key) ?? 0) + 1);
      stale.set(key, isStale ? (stale.get(key) ?? 0) + 1 : 0);
      staleInARow = Math.max(staleInARow, stale.get(key) ?? 0);
    }
  }
  return { refusedGuesses: Math.max(0, ...refused.values()), staleInARow };
}

function challengesIn(response: string, kind: string): readonly string[] {
  const name = kind.toLowerCase() === 'authorization' ? 'WWW-Authenticate' : 'Proxy-Authenticate';
  return response.split('\r\n').filter((row) => row.toLowerCase().startsWith(`${name.toLowerCase()}:`));
}
