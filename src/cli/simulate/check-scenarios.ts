// `--check`: whether each scenario goes as it expects, one line each.
import { checkExpectations } from '../../simulator/expectations.js';
import type { Io } from '../io.js';
import { paletteFor } from '../palette.js';
import type { SimulateOptions } from '../simulate.js';
import { UnusableInput } from '../unusable-input.js';
import { visible } from '../../sip/visible.js';
import { runScenario } from './run-scenario.js';
import type { ScenarioFile } from './scenario-files.js';

/**
 * Checks all of them, and says at the end what could not be used.
 * @returns 1 when an expectation failed.
 * @throws UnusableInput for the first scenario that cannot be used.
 */
export async function checkScenarios(
  files: readonly ScenarioFile[],
  { seed, ascii }: SimulateOptions,
  io: Io,
): Promise<0 | 1> {
  const colours = paletteFor(io.stdout, io);
  const [good, bad, none] = ascii === true ? ['ok', 'FAILED', '-'] : ['✓', '✗', '–'];
  let status: 0 | 1 = 0;
  let unusable: UnusableInput | undefined;
  for (const file of files) {
    try {
      const read = await file.read();
      const checks = checkExpectations(read.scenario, await runScenario(read, file.name, seed));
      const failed = checks.filter(({ held }) => !held);
      const [first] = failed;
      if (first !== undefined) status = 1;
      const more = failed.length > 1 ? ` (and ${failed.length - 1} more)` : '';
      const [mark, words] =
        first !== undefined
          ? [colours.red(bad), `${first.sentence}${more}`]
          : checks.length === 0
            ? [colours.dim(none), 'it expects nothing']
            : [colours.green(good), read.scenario.name ?? 'unnamed'];
      io.stdout.write(`${mark} ${visible(`${file.name}: ${words}`)}\n`);
    } catch (cause) {
      if (!(cause instanceof UnusableInput)) throw cause;
      unusable ??= cause;
      io.stdout.write(`${colours.red(bad)} ${cause.message}\n`);
    }
  }
  if (unusable !== undefined) throw unusable;
  return status;
}
