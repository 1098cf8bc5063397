// What an inspector is, whoever looks at it: events in, entries kept, charts laid out.
import { systemClock } from '../timing/clock.js';
import type { GraphLayout } from './chart/index.js';
import type { InspectionEvent } from './inspection-event.js';
import type { InspectorEntry } from './inspector-entry.js';
import { ChartBook } from './recorder/chart-book.js';
import { entriesIn, EntryStore, type StoreLimits, type Unnumbered } from './recorder/entry-store.js';
import { Recorder } from './recorder/recorder.js';
import { Redaction, type RedactOptions } from './redact.js';

export interface InspectionOptions extends RedactOptions {
  /** How much is kept; what is older is dropped, and a note says so. */
  readonly limits?: StoreLimits;
  /** Epoch milliseconds, for steps that tell no moment of their own. Default: the clock of the system. */
  readonly now?: () => number;
}

const clock = systemClock();

export class Inspection {
  readonly store: EntryStore;
  readonly charts: ChartBook;
  readonly redaction: Redaction;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly #recorder: Recorder;

  /** @param layOutGraph places charts; default: this thread. */
  constructor(options: InspectionOptions = {}, layOutGraph?: GraphLayout) {
    const { limits, now = () => clock.date() } = options;
    this.now = now;
    this.redaction = new Redaction(options);
    // The last gate: whoever tells an entry, nothing passes it unmasked.
    this.store = new EntryStore(limits, (entry) => this.redaction.json(entry));
    this.charts = new ChartBook({ redaction: this.redaction, tell: (chart) => this.store.add(chart), layOutGraph });
    const tell = (entry: Unnumbered): void => this.store.add(entry);
    this.#recorder = new Recorder({ charts: this.charts, redaction: this.redaction, now, tell });
  }

  /** An event of a chart, or of the library. */
  take(event: InspectionEvent): void {
    this.#recorder.take(event);
  }

  /** An entry that was made elsewhere. */
  tell(entry: Unnumbered): void {
    this.store.add(entry);
  }

  /** Everything that is kept, charts first. */
  get entries(): readonly InspectorEntry[] {
    return entriesIn(this.store);
  }
}
