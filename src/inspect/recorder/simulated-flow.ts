// A scenario's flow for an inspector: the simulation runs to its end at once; its entries can be told at any pace.
import type { RetryPolicy } from '../../policy/rule.js';
import type { Transcript } from '../../simulator/transcript.js';
import { numberIn, type InspectionEvent } from '../inspection-event.js';
import type { Unnumbered } from './entry-store.js';
import { transcriptEntries } from './transcript-entries.js';

/** One thing that happened: an event of a chart, or an entry of the transcript. */
export type Happening =
  { readonly at: number; readonly event: InspectionEvent } | { readonly at: number; readonly entry: Unnumbered };

/** Collects what `simulate({ inspect })` tells. */
export class SimulatedFlow {
  readonly #events: InspectionEvent[] = [];

  readonly inspect = (event: InspectionEvent): void => {
    // The transcript has the messages of all parties.
    if (event.type.startsWith('@xstate.')) this.#events.push({ ...event, isTold: true } as InspectionEvent);
  };

  /** Everything in the order in which it happened. */
  of(transcript: Transcript, policy: RetryPolicy): readonly Happening[] {
    const happenings: Happening[] = [];
    let next = 0;
    for (const [place, entries] of transcriptEntries(transcript, policy).entries()) {
      next = this.#take(happenings, next, place);
      for (const entry of entries) happenings.push({ at: 'at' in entry ? entry.at : 0, entry });
    }
    this.#take(happenings, next, Infinity);
    return happenings;
  }

  /** The events of charts up to this place of the transcript. */
  #take(happenings: Happening[], from: number, place: number): number {
    let next = from;
    for (; next < this.#events.length; next += 1) {
      const event = this.#events[next];
      if (event === undefined || (numberIn(event, 'place') ?? 0) > place) break;
      happenings.push({ at: numberIn(event, 'at') ?? 0, event });
    }
    return next;
  }
}
