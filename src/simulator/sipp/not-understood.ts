// What of a SIPp scenario is left out, each with its line.

/** One thing that is left out. */
export interface NotUnderstood {
  /** Counted from 1. */
  readonly line: number;
  /** `<exec rtp_stream>`, `the keyword [field0]`. */
  readonly what: string;
}

/** Collects them; the same thing on the same line is named once. */
export class Omissions {
  readonly #found: NotUnderstood[] = [];

  add(line: number, what: string): void {
    if (!this.#found.some((one) => one.line === line && one.what === what)) this.#found.push({ line, what });
  }

  /** In the order of their lines. */
  list(): readonly NotUnderstood[] {
    return [...this.#found].sort((one, other) => one.line - other.line);
  }
}
