// The progress bar of a run, with the time that is left; on a terminal only.
import { Writable } from 'node:stream';
import { Presets, SingleBar } from 'cli-progress';
import type { Io } from '../io.js';

export class FleetProgress {
  readonly #bar: SingleBar | undefined;

  /** @param total simulated milliseconds. */
  constructor({ stderr, env }: Pick<Io, 'stderr' | 'env'>, total: number) {
    if (!stderr.isTerminal || env['TERM'] === 'dumb') return;
    const written = new Writable({
      write: (chunk: Uint8Array, _encoding, done) => {
        stderr.write(chunk.toString());
        done();
      },
    });
    const stream = Object.assign(written, { isTTY: true, columns: stderr.columns ?? 80 });
    const format = 'simulating {bar} {percentage} % | {simulated} | {eta_formatted} left';
    this.#bar = new SingleBar(
      { format, stream, hideCursor: true, etaBuffer: 100, clearOnComplete: true, barsize: 24 },
      Presets.shades_classic,
    );
    this.#bar.start(total, 0, { simulated: clockOf(0) });
  }

  /** @param now simulated milliseconds so far. */
  show(now: number): void {
    this.#bar?.update(Math.floor(now), { simulated: clockOf(now) });
  }

  stop(): void {
    this.#bar?.stop();
  }
}

function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
