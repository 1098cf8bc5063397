// `sip-retry fleet`: its arguments. What it runs with is loaded when it is asked for.
import type { Command } from 'commander';
import { commandFor, helpBelow } from './command-for.js';
import type { FleetOptions } from './fleet/fleet-command.js';
import type { Io } from './io.js';
import { wholeNumber } from './number-argument.js';

/** @param ended told 130 when Ctrl-C has stopped the run. */
export function fleetOf(io: Io, ended: (status: 0 | 130) => void): Command {
  return commandFor('fleet', io)
    .description('Simulate very many clients after an outage or a restart: who storms, and when everyone is back.')
    .argument('<file>', 'registrars, clients and outages as YAML or JSON; "-" reads standard input')
    .option('--out <folder>', 'write fleet.html, fleet.svg, fleet.csv and fleet.json into this folder')
    .option('--seed <number>', 'take chance from this seed instead of the one in the file', wholeNumber)
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      helpBelow(
        'Exit status: 0 done, 2 unusable input (one line on standard error says why), 130 stopped by Ctrl-C; what was simulated until then is written.',
      ),
    )
    .action(async (file: string, options: FleetOptions) => {
      const { fleetCommand } = await import('./fleet/fleet-command.js');
      ended(await fleetCommand(file, options, io));
    });
}
