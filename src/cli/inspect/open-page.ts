// Opens an address in the browser of whoever sits in front of this machine.
import { spawn } from 'node:child_process';
import type { Io } from '../io.js';

/** Where nothing opens, the address is printed all the same. The variable BROWSER names another program. */
export function openPage(url: string, io: Io): void {
  const [program, ...before] = openerOf(io.env['BROWSER']);
  // No shell: the address is an argument, whatever is in it.
  const opener = spawn(program, [...before, url], { stdio: 'ignore', detached: true });
  opener.on('error', () => io.stderr.write(`sip-retry: ${program} cannot be run; open the address yourself\n`));
  opener.unref();
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
