// A scenario file of SIPp on the command line: its server, met by a client that sends what it waits for.
import { basename } from 'node:path';
import { requireScenario } from '../../simulator/read-scenario.js';
import { scenarioOfSipp } from '../../simulator/sipp/scenario-of-sipp.js';
import { textOf } from '../../sip/octets.js';
import type { Io } from '../io.js';
import { nameOf, readOctets } from '../read-octets.js';
import { UnusableInput } from '../unusable-input.js';
import { visible } from '../../sip/visible.js';
import type { ScenarioFile } from './scenario-files.js';

/** The file as a scenario. What of it is not understood is left out, and named on standard error, line by line. */
export function sippFile(file: string, io: Io): ScenarioFile {
  return {
    name: file,
    async read() {
      const name = nameOf(file);
      const text = textOf(await readOctets(file, io, 'a scenario file of SIPp'));
      const read = scenarioOfSipp(text);
      if (read.kind === 'refused') throw new UnusableInput(name, read.line, read.found, read.expected);
      for (const { line, what } of read.notUnderstood) {
        io.stderr.write(visible(`${name}, line ${line}: ${what} is not understood, and left out`) + '\n');
      }
      const scenario = requireScenario({ ...read.scenario, name: read.scenario.name ?? basename(file) });
      return { kind: 'scenario', scenario, lineOf: () => 1 };
    },
  };
}
