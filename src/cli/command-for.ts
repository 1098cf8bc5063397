// A command of this program: it throws instead of ending the process, writes where it is told to, and knows its version.
import { Command, type AddHelpTextContext, type Help } from 'commander';
import { version } from '../../package.json';
import type { Io } from './io.js';
import { paletteFor } from './palette.js';
import { wrap } from './wrapped.js';

export function commandFor(name: string, io: Io): Command {
  return new Command(name)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: () => undefined,
      // A terminal that nobody has told its size says 0.
      getOutHelpWidth: () => (io.stdout.columns === 0 ? 80 : (io.stdout.columns ?? 80)),
      getOutHasColors: () => paletteFor(io.stdout, io).isColorSupported,
    })
    .configureHelp({ minWidthToWrap: NARROWEST, formatItem, styleUsage })
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments(false);
}

/** What stands below the options, its lines broken as theirs are. */
export function helpBelow(...lines: readonly string[]): (context: AddHelpTextContext) => string {
  return ({ command }) => `\n${lines.flatMap((line) => wrap(line, widthOf(command))).join('\n')}`;
}

/** Below this nothing is wrapped: hardly a word would fit. */
const NARROWEST = 20;

/** A description needs so much room beside its term; with less it stands below it. */
const BESIDE = 30;

function formatItem(this: Help, term: string, termWidth: number, description: string, helper: Help): string {
  const width = helper.helpWidth ?? 80;
  const [indent, gap] = ['  ', '  '];
  const room = width - indent.length - termWidth - gap.length;
  if (description === '') return indent + term;
  if (room < BESIDE) {
    const below = ' '.repeat(6);
    return [
      indent + term,
      ...wrap(description, Math.max(NARROWEST, width - below.length)).map((line) => below + line),
    ].join('\n');
  }
  const padded = term + ' '.repeat(termWidth - helper.displayWidth(term));
  return indent + padded + gap + wrap(description, room).join(`\n${' '.repeat(width - room)}`);
}

function styleUsage(this: Help, usage: string): string {
  const lead = 'Usage: '.length;
  return wrap(usage, Math.max(NARROWEST, (this.helpWidth ?? 80) - lead)).join(`\n${' '.repeat(lead)}`);
}

function widthOf(command: Command): number {
  return Math.max(NARROWEST, command.configureOutput().getOutHelpWidth?.() ?? 80);
}
