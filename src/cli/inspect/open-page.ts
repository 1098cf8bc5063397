// Opens an address in the browser of whoever sits in front of this machine.
import { spawn, type ChildProcess } from 'node:child_process';
import type { Io } from '../io.js';

/** Where nothing opens, the address is printed all the same. The variable BROWSER names another program. */
export function openPage(url: string, io: Io): void {
  const [program, ...before] = openerOf(io.env['BROWSER']);
  let isTold = false;
  const fail = (why: string): void => {
    if (!isTold) io.stderr.write(`sip-retry: ${program} ${why}; open the address yourself\n`);
    isTold = true;
  };
  const opener = started(program, [...before, url], io);
  if (opener === undefined) {
    fail(NOT_RUN);
    return;
  }
  opener.on('error', () => fail(NOT_RUN));
  // One that is a browser itself ends with the browser: only a failure is worth a line.
  opener.on('exit', (status) => {
    if (status !== null && status !== 0) fail(`ended with exit status ${status}`);
  });
  opener.unref();
}

const NOT_RUN = 'cannot be run';

/** No shell: the address is an argument, whatever is in it. */
function started(program: string, argv: readonly string[], { env }: Io): ChildProcess | undefined {
  try {
    return spawn(program, argv, { stdio: 'ignore', detached: true, env });
  } catch {
    // Some of what the system refuses is thrown, and some is told as an event.
    return undefined;
  }
}

function openerOf(browser: string | undefined): readonly [string, ...string[]] {
  if (browser !== undefined && browser !== '') return [browser];
  switch (process.platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler'];
    default:
      return ['xdg-open'];
  }
}
