// Lays charts out in a thread of its own: it takes about a second, and SIP's first timer fires after half of one.
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { GraphLayout } from '../chart/lay-out.js';
import { memberOf, numberIn, textIn } from '../inspection-event.js';

type Graph = Parameters<GraphLayout>[0];

/** The thread: it is given the place of the library, since a text has no folder to look from. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const ELK = require(workerData);
const elk = new (ELK.default ?? ELK)();
parentPort.on('message', ({ id, graph }) => {
  elk.layout(graph).then(
    (placed) => parentPort.postMessage({ id, placed }),
    (cause) => parentPort.postMessage({ id, failed: String(cause) }),
  );
});
`;

interface Waiting {
  readonly resolve: (placed: Graph) => void;
  readonly reject: (cause: Error) => void;
}

export class LayoutWorker {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #count = 0;

  /** One after the other; the thread begins with the first. */
  readonly layOut: GraphLayout = (graph) =>
    new Promise((resolve, reject) => {
      this.#count += 1;
      this.#waiting.set(this.#count, { resolve, reject });
      this.#started().postMessage({ id: this.#count, graph });
    });

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#fail('The inspector is closed.');
    await worker?.terminate();
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const place = createRequire(import.meta.url).resolve('elkjs/lib/elk.bundled.js');
    const worker = new Worker(THREAD, { eval: true, workerData: place, stdout: true, stderr: true });
    // A program may end although nothing is laid out yet.
    worker.unref();
    worker.on('message', (message: unknown) => this.#settle(message));
    worker.on('error', () => {
      this.#worker = undefined;
      this.#fail('The thread that lays charts out has ended.');
    });
    this.#worker = worker;
    return worker;
  }

  #settle(message: unknown): void {
    const id = numberIn(message, 'id') ?? 0;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    const placed = memberOf(message, 'placed');
    if (isGraph(placed)) waiting?.resolve(placed);
    else waiting?.reject(new Error(textIn(message, 'failed') ?? 'There is no layout.'));
  }

  #fail(why: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }
}

function isGraph(value: unknown): value is Graph {
  return typeof value === 'object' && value !== null && 'id' in value;
}
