// What a reader ignored or repaired, and in which line.

/** One thing that was not as it should be. */
export interface ReadNote {
  /** The line of the message, counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** Collects notes while a message is read, but not without end: a hostile message gets no megabytes of remarks. */
export class ReadNotes {
  static readonly limit = 100;
  readonly #notes: ReadNote[] = [];

  add(line: number, text: string): void {
    if (this.#notes.length < ReadNotes.limit) this.#notes.push({ line, text });
    else if (this.#notes.length === ReadNotes.limit) this.#notes.push({ line, text: 'what follows is not listed' });
  }

  list(): readonly ReadNote[] {
    return this.#notes;
  }
}

/** A piece of a message for a sentence: in quotes, and shortened. */
export function snippet(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
