// A queue of deadlines, earliest first and in order of arming for the same moment: a binary heap whose entries can leave from anywhere.

export interface Deadline {
  readonly moment: number;
  readonly order: number;
  readonly fn: () => void;
  /** Its place in the heap; -1 once it has left. */
  index: number;
}

export class DeadlineQueue {
  readonly #heap: Deadline[] = [];
  #armed = 0;

  get size(): number {
    return this.#heap.length;
  }

  earliest(): Deadline | undefined {
    return this.#heap[0];
  }

  add(moment: number, fn: () => void): Deadline {
    const deadline: Deadline = { moment, order: this.#armed, fn, index: this.#heap.length };
    this.#armed += 1;
    this.#heap.push(deadline);
    this.#rise(deadline);
    return deadline;
  }

  /** Takes a deadline out; one that has left already stays out. */
  remove(deadline: Deadline): void {
    const { index } = deadline;
    if (index < 0) return;
    deadline.index = -1;
    const last = this.#heap.pop();
    if (last === undefined || last === deadline) return;
    this.#put(last, index);
    this.#rise(last);
    this.#sink(last);
  }

  #put(deadline: Deadline, index: number): void {
    this.#heap[index] = deadline;
    deadline.index = index;
  }

  #rise(deadline: Deadline): void {
    let index = deadline.index;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = this.#heap[parentIndex];
      if (parent === undefined || !isBefore(deadline, parent)) break;
      this.#put(parent, index);
      index = parentIndex;
    }
    this.#put(deadline, index);
  }

  #sink(deadline: Deadline): void {
    let index = deadline.index;
    for (;;) {
      const left = this.#heap[2 * index + 1];
      const right = this.#heap[2 * index + 2];
      const child = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
      if (child === undefined || !isBefore(child, deadline)) break;
      const childIndex = child.index;
      this.#put(child, index);
      index = childIndex;
    }
    this.#put(deadline, index);
  }
}

function isBefore(one: Deadline, other: Deadline): boolean {
  return one.moment < other.moment || (one.moment === other.moment && one.order < other.order);
}
