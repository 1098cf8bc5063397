// `sip-retry simulate`: runs scenarios in virtual time, draws what happened, or checks what they expect.
import { Option, type Command } from 'commander';
import { transcriptFormats, type TranscriptFormat } from '../simulator/formats/render-transcript.js';
import { commandFor, helpBelow } from './command-for.js';
import type { Io } from './io.js';
import { wholeNumber } from './number-argument.js';
import { checkScenarios } from './simulate/check-scenarios.js';
import { drawScenarios } from './simulate/draw-scenarios.js';
import { scenariosAt } from './simulate/scenario-files.js';
import { sippFile } from './simulate/sipp-file.js';
import { UnusableInput } from './unusable-input.js';

/** The options of `simulate`. */
export interface SimulateOptions {
  readonly format: TranscriptFormat;
  readonly sipp?: readonly string[];
  readonly out?: string;
  readonly seed?: number;
  readonly check?: true;
  readonly details?: true;
  readonly ascii?: true;
}

/** @param ended is told the exit status. */
export function simulateOf(io: Io, ended: (status: 0 | 1) => void): Command {
  return commandFor('simulate', io)
    .description('Run scenarios in virtual time: what a user agent client does, and why.')
    .argument('[path...]', 'scenarios as YAML or JSON, or folders of them; "-" reads standard input')
    .option('--sipp <file>', 'a scenario file of SIPp, whose server the client meets; again for more', several)
    .addOption(new Option('--format <format>', 'how it is drawn').choices(transcriptFormats).default('text'))
    .option('--out <path>', 'write into this file; for several scenarios, into this folder, which is made')
    .option('--seed <number>', 'take chance from this seed instead of the scenario’s', wholeNumber)
    .option('--check', 'hold what the scenarios expect, and print a line for each')
    .option('--details', 'with every timer and every state')
    .option('--ascii', 'draw with ASCII alone')
    .addHelpText(
      'after',
      helpBelow(
        'The same scenario and seed give the same result. Digest responses are masked.',
        'Exit status: 0 done, 1 with --check when an expectation failed, 2 unusable input, or nowhere to write (one line on standard error says why).',
      ),
    )
    .action(async (paths: readonly string[], options: SimulateOptions) => {
      const { sipp = [] } = options;
      if (paths.length + sipp.length === 0) {
        throw new UnusableInput('simulate', undefined, 'no scenario is given', 'a file, a folder or --sipp <file>');
      }
      const scenarios = [...(await scenariosAt(paths, io)), ...sipp.map((file) => sippFile(file, io))];
      if (options.check !== true) return drawScenarios(scenarios, options, io);
      if (options.out !== undefined)
        throw new UnusableInput('--out', undefined, 'there is --check, too', 'one of them');
      ended(await checkScenarios(scenarios, options, io));
    });
}

function several(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
