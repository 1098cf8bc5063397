// Which moment is shown: the latest, or one of those that are kept; and how it moves on by itself.
import type { EntryWindow } from './entry-window.js';

export const SPEEDS = [0.5, 1, 2, 5, 20] as const;
/** Silence lasts no longer than this, and no step is shorter. */
const LONGEST_MS = 2_000;
const SHORTEST_MS = 250;

export class Playback {
  /** The number of the last entry that is shown; undefined follows what comes. */
  #seq: number | undefined;
  isPlaying = false;
  speed = 1;
  #arrivedAt = 0;
  #steppedAt = 0;

  constructor(private readonly window: EntryWindow) {}

  get isLive(): boolean {
    return this.#seq === undefined;
  }

  /** How many entries of the window are shown. */
  get count(): number {
    const { all } = this.window;
    return this.#seq === undefined ? all.length : Math.max(all.after(this.#seq), Math.min(1, all.length));
  }

  noteArrival(now: number): void {
    this.#arrivedAt = now;
  }

  goLive(): void {
    this.#seq = undefined;
    this.isPlaying = false;
  }

  /** Shows the first `count` entries. */
  goTo(count: number): void {
    const { all } = this.window;
    const bounded = Math.min(Math.max(count, 1), all.length);
    this.#seq = all.at(bounded - 1)?.seq;
  }

  step(by: number): void {
    this.isPlaying = false;
    this.goTo(this.count + by);
  }

  play(now: number): void {
    // From the end it begins anew.
    if (this.count >= this.window.all.length) this.goTo(1);
    this.isPlaying = true;
    this.#steppedAt = now;
  }

  pause(): void {
    if (this.isLive) this.goTo(this.window.all.length);
    this.isPlaying = false;
  }

  /** Goes on as far as the time that has passed allows. */
  advance(now: number): void {
    while (this.isPlaying && now - this.#steppedAt >= this.#lengthOfStep()) {
      this.#steppedAt += this.#lengthOfStep();
      this.goTo(this.count + 1);
      if (this.count >= this.window.all.length) this.isPlaying = false;
    }
  }

  /** The moment of the flow that is shown, in milliseconds since 1970; it moves between entries. */
  momentAt(now: number): number {
    if (this.window.all.length === 0) return 0;
    const at = this.#at(this.count - 1);
    if (this.isLive) return at + Math.max(0, now - this.#arrivedAt);
    if (!this.isPlaying) return at;
    const part = Math.min(1, (now - this.#steppedAt) / this.#lengthOfStep());
    return at + (this.#at(this.count) - at) * part;
  }

  #at(index: number): number {
    const { all } = this.window;
    return (all.at(Math.min(index, all.length - 1)) ?? all.at(0))?.at ?? 0;
  }

  /** As long as it took in the flow, within bounds; what happened at the same moment follows at once. */
  #lengthOfStep(): number {
    const passed = this.#at(this.count) - this.#at(this.count - 1);
    return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, passed)) / this.speed;
  }
}
