// What `send` tells as JSON lines: on standard output, or in a file of its own.
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Io, Output } from '../io.js';
import { asLine } from '../print-json.js';
import { nameOf, whyUnreadable } from '../read-octets.js';
import { UnusableInput } from '../unusable-input.js';
import type { SendEvent, SendReport } from './send-event.js';

/** One object a line. */
export function jsonReport(output: Output): SendReport {
  return { tell: (event) => output.write(lineOf(event)), end: () => undefined };
}

/**
 * The same lines into a file, which is begun anew. A disk that fills up later is told once, and the request goes on.
 * @throws UnusableInput when the file cannot be written.
 */
export function traceReport(file: string, io: Io): SendReport {
  const descriptor = open(file, io);
  let isBroken = false;
  return {
    tell(event) {
      if (isBroken) return;
      try {
        appendFileSync(descriptor, lineOf(event));
      } catch (cause) {
        isBroken = true;
        io.stderr.write(`sip-retry: ${file}: ${whyUnreadable(cause, 'written')}; nothing more is traced\n`);
      }
    },
    end: () => closeSync(descriptor),
  };
}

/** What happened and when stand first in every line. */
function lineOf({ event, at, ...rest }: SendEvent): string {
  return `${asLine({ event, at, ...rest })}\n`;
}

function open(file: string, io: Io): number {
  try {
    // Only for its owner: nonces and addresses of people are in it.
    return openSync(resolve(io.cwd, file), 'w', 0o600);
  } catch (cause) {
    throw new UnusableInput(nameOf(file), undefined, whyUnreadable(cause, 'written'), 'a file that can be written');
  }
}

/** The same to several. */
export function bothReports(reports: readonly SendReport[]): SendReport {
  return {
    tell: (event) => reports.forEach((report) => report.tell(event)),
    end: () => reports.forEach((report) => report.end()),
  };
}
