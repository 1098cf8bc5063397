// Where the lanes of a terminal ladder stand, what fits above them and beside them.
import type { Party } from '../../transcript.js';
import { cutToWidth, widthOf } from '../text-width.js';

/** A name and an address over a lane. */
export interface Head {
  readonly column: number;
  readonly width: number;
  readonly name: string;
  readonly address: string;
}

/** Lanes further apart than this make arrows that the eye loses. */
const WIDEST_SPAN = 100;
/** What the narrowest span leaves of a label. */
const NARROWEST_SPAN = 12;

export class Lanes {
  readonly #parties: readonly Party[];
  readonly #span: number;

  /** @param left the column of the first lane; @param columns how wide the drawing may be. */
  constructor(
    columns: number,
    readonly left: number,
    parties: readonly Party[],
  ) {
    this.#parties = parties;
    const spans = Math.max(1, parties.length - 1);
    this.#span = Math.min(WIDEST_SPAN, Math.max(NARROWEST_SPAN, (columns - 2 - left) / spans));
    this.columns = parties.map((_, index) => left + Math.floor(index * this.#span));
    this.width = Math.max(Math.floor(columns), (this.columns.at(-1) ?? left) + 2);
  }

  readonly columns: readonly number[];
  /** Characters in a line: `columns`, or more where so many lanes do not fit. */
  readonly width: number;

  of(party: string): number {
    return this.columns[this.#parties.findIndex(({ id }) => id === party)] ?? this.left;
  }

  /** Where a text that wants this width stands beside a lane: on the right, or on the left where there is more room. */
  roomBeside(lane: number, wanted: number): { readonly column: number; readonly width: number } {
    const last = this.columns.at(-1) ?? lane;
    const right = (last > lane ? last : this.width) - lane - 3;
    const left = lane - this.left - 3;
    if (right >= wanted || right >= left) return { column: lane + 2, width: right };
    const width = Math.min(left, wanted);
    return { column: lane - 1 - width, width };
  }

  /** From the right to the left: each makes room for the one after it. */
  heads(write: (text: string) => string): readonly Head[] {
    const count = this.#parties.length;
    const most = Math.min(Math.floor((this.width - 2 * (count - 1)) / count), Math.floor(this.#span) + this.left - 4);
    const heads: Head[] = [];
    let end = this.width;
    for (const [index, { id, host, port, role }] of [...this.#parties.entries()].reverse()) {
      const name = cutToWidth(write(role === 'uac' && id === 'uac' ? 'UAC' : id), most);
      const address = cutToWidth(write(host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`), most);
      const width = Math.max(widthOf(name), widthOf(address));
      const centred = (this.columns[index] ?? this.left) - Math.floor(width / 2);
      const column = Math.max(0, Math.min(centred, end - width));
      heads.unshift({ column, width, name, address });
      end = column - 2;
    }
    return heads;
  }
}
