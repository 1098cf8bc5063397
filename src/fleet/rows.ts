// One row of numbers for each client of a fleet. Memory is fetched in lines and pages, and the next client is any other one.

/** Where each part of the fleet has its columns. */
const COLUMNS = { queue: 0, transactions: 4, states: 8, standings: 16 } as const;
const WIDTH = 24;

/** The columns of one part, counted from 0. All numbers are 0 at first. */
export class Rows {
  readonly #numbers: Float64Array;
  readonly #offset: number;

  private constructor(numbers: Float64Array, offset: number) {
    this.#numbers = numbers;
    this.#offset = offset;
  }

  static forClients(count: number): Rows {
    return new Rows(new Float64Array(WIDTH * count), 0);
  }

  /** @param first the client whose row is counted as 0. */
  of(part: keyof typeof COLUMNS, first = 0): Rows {
    return new Rows(this.#numbers, WIDTH * first + COLUMNS[part]);
  }

  /** How many clients there are. */
  get count(): number {
    return this.#numbers.length / WIDTH;
  }

  get(row: number, column: number): number {
    return this.#numbers[WIDTH * row + this.#offset + column] ?? 0;
  }

  set(row: number, column: number, value: number): void {
    this.#numbers[WIDTH * row + this.#offset + column] = value;
  }
}
