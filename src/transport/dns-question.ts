// Asking DNS within a time: an answer that does not come in time is a failure, never an exception and never a wait.
import type { Clock } from '../timing/clock.js';
import { systemCode } from './transport-failure.js';

/** What came of a question. */
export type DnsAnswer<T> =
  { readonly kind: 'records'; readonly records: readonly T[] } | { readonly kind: 'unknown'; readonly why: string };

/** Questions that share one time-out. `end` it when there is nothing more to ask. */
export class DnsQuestions {
  readonly #overdue: Promise<DnsAnswer<never>>;
  readonly #cancel: () => void;
  readonly #notes: string[] = [];

  constructor(clock: Clock, timeoutMs: number) {
    let pass: (answer: DnsAnswer<never>) => void = () => undefined;
    this.#overdue = new Promise((resolve) => {
      pass = resolve;
    });
    const late = { kind: 'unknown', why: `there was no answer in ${timeoutMs} ms` } as const;
    this.#cancel = clock.at(clock.now() + timeoutMs, () => pass(late));
  }

  /** @param limit how many records are looked at: a zone may have any number. */
  async ask<T>(about: string, query: () => Promise<readonly T[]>, limit: number): Promise<DnsAnswer<T>> {
    const answer = await Promise.race([this.#overdue, answerOf(query, limit)]);
    if (answer.kind === 'unknown') this.#notes.push(`${about}: ${answer.why}`);
    return answer;
  }

  /** What could not be found out. */
  notes(): readonly string[] {
    return this.#notes;
  }

  end(): void {
    this.#cancel();
  }
}

async function answerOf<T>(query: () => Promise<readonly T[]>, limit: number): Promise<DnsAnswer<T>> {
  try {
    return { kind: 'records', records: (await query()).slice(0, limit) };
  } catch (error) {
    return { kind: 'unknown', why: systemCode(error) || 'the resolver failed' };
  }
}
