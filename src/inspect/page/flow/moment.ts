// An actor at a moment of the flow, worked out from the entries; going on from the last moment where it can.
import type { ActorMoment } from './actor-moment.js';
import type { EntryWindow } from './entry-window.js';

export class MomentReader {
  #actor: ActorMoment | undefined;
  #revision = -1;
  /** How many entries of the window are in it. */
  #index = 0;

  constructor(private readonly window: EntryWindow) {}

  /** The actor after the first `count` entries of the window. */
  read(actor: string, count: number): ActorMoment {
    const isFurther = this.#actor?.id === actor && this.#revision === this.window.revision && count >= this.#index;
    let moment = isFurther ? this.#actor : undefined;
    if (moment === undefined) {
      moment = this.window.before(actor);
      this.#index = 0;
    }
    for (const entry of this.window.all.slice(this.#index, count)) {
      if ('actor' in entry && entry.actor === actor) moment.apply(entry);
    }
    this.#actor = moment;
    this.#revision = this.window.revision;
    this.#index = count;
    return moment;
  }
}
