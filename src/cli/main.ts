// The command line: its commands, their options and their help.
import { type Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { chartFormats, chartNames, type ChartOptions } from './chart-options.js';
import { commandFor, helpBelow } from './command-for.js';
import { decideCommand, type DecideOptions } from './decide.js';
import { explainCommand } from './explain.js';
import { fleetOf } from './fleet.js';
import { inspectOf, splitAtSend } from './inspect.js';
import type { Io } from './io.js';
import { wholeNumber } from './number-argument.js';
import { paletteFor } from './palette.js';
import type { SendStatus } from './send/send-run.js';
import { sendOf } from './send/send-arguments.js';
import { simulateOf } from './simulate.js';
import { tableCommand, tableFormats, type TableFormat } from './table.js';
import { UnusableInput } from './unusable-input.js';
import { isToken } from '../sip/token.js';

/**
 * Runs one command line.
 * @param argv the arguments after the name of the program.
 * @returns the exit status: 0 answered or accepted, 1 gave up, 2 unusable input, 130 interrupted.
 */
export async function main(argv: readonly string[], io: Io): Promise<SendStatus | 2> {
  if (argv.length === 0) return refuse(`a command is missing; ${COMMANDS}`, io);
  let status: SendStatus = 0;
  try {
    const { own, behind } = splitAtSend(argv);
    await programFor(io, behind, (ended) => void (status = ended)).parseAsync([...own], { from: 'user' });
    return status;
  } catch (cause) {
    if (cause instanceof CommanderError) {
      if (cause.exitCode === 0) return 0;
      // `help` with a word that is no command.
      if (cause.code === 'commander.help') return refuse(`there is no such command; ${COMMANDS}`, io);
      // What stands behind a misspelt --password= is nobody's business.
      return refuse(cause.message.replace(/^error: /, '').replace(/(unknown option '[^'=]*=).*(')/s, '$1…$2'), io);
    }
    if (cause instanceof UnusableInput) return refuse(cause.message, io);
    throw cause;
  }
}

const COMMANDS = 'expected chart, decide, explain, fleet, inspect, send, simulate, table or --help';

function refuse(why: string, io: Io): 2 {
  const colours = paletteFor(io.stderr, io);
  io.stderr.write(`${colours.red('sip-retry:')} ${why.replace(/\s*\n\s*/g, ' ')}\n`);
  return 2;
}

function programFor(io: Io, behind: readonly string[], ended: (status: SendStatus) => void): Command {
  const program = commandFor('sip-retry', io)
    .description('What a SIP UAC does after a failure response: the next action, why, and the next request.')
    .usage('<command> [options]');
  for (const command of [
    chartOf(io),
    decideOf(io),
    explainOf(io),
    fleetOf(io, ended),
    inspectOf(io, behind),
    sendOf(io, ended),
    simulateOf(io, ended),
    tableOf(io),
  ])
    program.addCommand(command);
  return program;
}

function chartOf(io: Io): Command {
  return commandFor('chart', io)
    .description('Draw the statechart of a policy, or of a client transaction.')
    .addOption(new Option('--format <format>', 'how it is written').choices(chartFormats).default('svg'))
    .addOption(new Option('--machine <name>', 'which chart').choices(chartNames).default('retry'))
    .option('--policy <file>', 'a policy as JSON instead of the one of the RFCs')
    .option('--only <codes>', 'codes to draw, such as 401,407,423; the others go the way of their class', statusList)
    .action(async (options: ChartOptions) => {
      // Loaded here: laying out takes a large library that no other command needs.
      const { chartCommand } = await import('./chart.js');
      await chartCommand(options, io);
    });
}

function decideOf(io: Io): Command {
  const command = commandFor('decide', io)
    .description('Decide on each response in turn, as the answer to the current request.')
    .option('--request <file>', 'the request that was sent first; "-" reads standard input')
    .option(
      '--response <file>',
      'what came back, again for each further attempt; @timeout and @transport-error stand for those events',
      (file: string, before: readonly string[] | undefined) => [...(before ?? []), file],
    )
    .option('--config <file>', 'credentials, servers, limits, policy and answers as JSON')
    .option('--seed <number>', 'take chance from this seed, so that a run can be repeated', wholeNumber)
    .option('--json', 'print one JSON object a line')
    .addHelpText(
      'after',
      helpBelow('Exit status: 0 answered, 2 unusable input (one line on standard error says why).'),
    );
  return command.action(({ request, response, ...options }: Partial<DecideOptions>) => {
    // Not as mandatory options: those would be missed before a misspelt one is named.
    if (request === undefined) return command.error('no request is given; expected --request <file>');
    if (response === undefined) return command.error('no response is given; expected --response <file>, once or more');
    return decideCommand({ ...options, request, response }, io);
  });
}

function explainOf(io: Io): Command {
  return commandFor('explain', io)
    .description('Explain what the table says of one status code.')
    .argument('<code>', 'a status code from 200 to 699', finalStatus)
    .option('--method <method>', 'as the answer to this method, such as REGISTER', method)
    .action((status: number, { method }: { readonly method?: string }) => explainCommand(status, method, io));
}

function tableOf(io: Io): Command {
  return commandFor('table', io)
    .description('Print the whole table.')
    .addOption(new Option('--format <format>', 'how it is printed').choices(tableFormats).default('text'))
    .action(({ format }: { readonly format: TableFormat }) => tableCommand(format, io));
}

function finalStatus(written: string): number {
  if (!/^[2-6]\d\d$/.test(written)) throw new InvalidArgumentError('Use a final status code, from 200 to 699.');
  return Number(written);
}

function statusList(written: string): readonly number[] {
  return written.split(',').map((code) => finalStatus(code.trim()));
}

function method(written: string): string {
  if (!isToken(written)) throw new InvalidArgumentError('Use the name of a method, such as REGISTER.');
  return written.toUpperCase();
}
