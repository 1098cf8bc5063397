// A command of this program: it throws instead of ending the process, writes where it is told to, and knows its version.
import { Command } from 'commander';
import { version } from '../../package.json';
import type { Io } from './io.js';
import { paletteFor } from './palette.js';

export function commandFor(name: string, io: Io): Command {
  return new Command(name)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getOutHasColors: () => paletteFor(io.stdout, io).isColorSupported,
    })
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments(false);
}
