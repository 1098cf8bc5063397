// `sip-retry inspect`: a page on this machine that shows charts and messages while they happen.
import { InvalidArgumentError, type Command } from 'commander';
import { commandFor, helpBelow } from './command-for.js';
import type { Io } from './io.js';
import { wholeNumber } from './number-argument.js';
import { UnusableInput } from './unusable-input.js';

/** The options of `inspect`. */
export interface InspectOptions {
  readonly send?: true;
  readonly listen?: true | number;
  readonly open?: true;
  readonly port?: number;
  readonly pace?: number;
  readonly seed?: number;
  readonly stately?: true;
}

/** The options of `inspect`, and what stands behind its `--send`: that is a command line of its own. */
export function splitAtSend(argv: readonly string[]): {
  readonly own: readonly string[];
  readonly behind: readonly string[];
} {
  const place = argv[0] === 'inspect' ? argv.indexOf('--send') : -1;
  return place < 0 ? { own: argv, behind: [] } : { own: argv.slice(0, place + 1), behind: argv.slice(place + 1) };
}

/** @param behind the arguments of `send`. */
export function inspectOf(io: Io, behind: readonly string[]): Command {
  return commandFor('inspect', io)
    .description('Show the statechart, the messages and the reasons in a page on this machine, live.')
    .usage('[scenario | --send arguments… | --listen [port]] [options]')
    .argument('[scenario]', 'a scenario as YAML or JSON, whose flow is shown; "-" reads standard input')
    .option('--listen [port]', 'wait for applications that use the official inspector over a WebSocket', port)
    .option('--open', 'open the page in the browser')
    .option('--port <number>', 'the port of the page; default: one that is free', port)
    .option('--pace <factor>', 'show the scenario at this pace: 1 as fast as it would be, 10 ten times as fast', factor)
    .option('--seed <number>', 'take chance from this seed instead of the scenario’s', wholeNumber)
    .option(
      '--stately',
      'also serve the official inspector in a frame; needs the internet, which is given all that is shown',
    )
    .option('--send', 'send a request and show what happens; everything behind it is for send (see send --help)')
    .addHelpText(
      'after',
      helpBelow(
        'Only this machine can open the page, and only with the token in its address. Secrets are masked. Ctrl-C ends it.',
        'Exit status: 0 ended, 2 unusable input (one line on standard error says why).',
      ),
    )
    .action(async (scenario: string | undefined, options: InspectOptions) => {
      requireSense(scenario, options);
      // Loaded here: laying out takes a large library that no other command needs.
      const { inspectCommand } = await import('./inspect/inspect-command.js');
      await inspectCommand({ scenario, behind, ...options }, io);
    });
}

function requireSense(scenario: string | undefined, { send, listen, port: given, pace, seed }: InspectOptions): void {
  const modes = [scenario !== undefined, send === true, listen !== undefined].filter(Boolean).length;
  if (modes > 1)
    throw new UnusableInput('inspect', undefined, 'it is told to do several things', 'a scenario, --send or --listen');
  if (typeof listen === 'number' && given !== undefined) {
    throw new UnusableInput('--port', undefined, 'there is a port behind --listen, too', 'one of them');
  }
  if (scenario === undefined && (pace !== undefined || seed !== undefined)) {
    throw new UnusableInput(pace === undefined ? '--seed' : '--pace', undefined, 'there is no scenario', 'a scenario');
  }
}

function port(written: string): number {
  const number = wholeNumber(written);
  if (number < 0 || number > 65_535) throw new InvalidArgumentError('Use a port from 0 to 65535.');
  return number;
}

function factor(written: string): number {
  const number = Number(written);
  if (!/^\d+(?:\.\d+)?$/.test(written) || number === 0) throw new InvalidArgumentError('Use a number above 0.');
  return number;
}
