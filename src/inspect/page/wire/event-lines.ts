// Server-sent events: from pieces of text to the data of each event (HTML Standard §9.2).

/** Holds what is not complete yet. */
export class EventLines {
  #rest = '';

  /** The data of the events that this piece completes. */
  read(piece: string): readonly string[] {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trim()] : []));
  }
}
