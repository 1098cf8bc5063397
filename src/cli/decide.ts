// `sip-retry decide`: the next action, and the next request, for each response in turn.
import { systemEnvironment } from '../timing/environment.js';
import { seededRandom, seededToken } from '../timing/random.js';
import { converse } from './conversation.js';
import type { Io } from './io.js';
import { loadConfig, noConfig } from './load-config.js';
import { paletteFor } from './palette.js';
import { turnAsText } from './print-decision.js';
import { turnAsJson } from './print-json.js';
import { readGivenAnswer, readGivenRequest, type GivenAnswer } from './read-inputs.js';
import type { Setting } from './setting.js';
import { UnusableInput } from './unusable-input.js';

/** What the command line says. */
export interface DecideOptions {
  readonly request: string;
  readonly response: readonly string[];
  readonly config?: string;
  readonly seed?: number;
  readonly json?: boolean;
}

/**
 * Prints every decision. Nothing is printed before all inputs are read and the whole conversation is known to be good.
 * @throws UnusableInput
 */
export async function decideCommand(options: DecideOptions, io: Io): Promise<void> {
  const { stdout } = io;
  const [again] = [options.request, ...options.response, options.config ?? ''].filter((file) => file === '-').slice(1);
  if (again !== undefined) throw new UnusableInput('-', undefined, 'standard input is named twice', 'one "-" at most');

  const request = await readGivenRequest(options.request, io);
  const answers: GivenAnswer[] = [];
  for (const file of options.response) answers.push(await readGivenAnswer(file, io));
  const config = options.config === undefined ? noConfig : await loadConfig(options.config, io);
  const turns = converse(request, answers, { ...config, ...chanceFor(options.seed) });
  if (options.json === true) {
    for (const turn of turns) stdout.write(`${turnAsJson(turn)}\n`);
    return;
  }
  const layout = { colours: paletteFor(stdout, io), width: widthOf(stdout.columns), policy: config.policy };
  stdout.write(turns.map((turn) => turnAsText(turn, layout)).join('\n'));
}

/** Chance and time: the system's, or everything from a seed. */
export function chanceFor(seed: number | undefined): Pick<Setting, 'random' | 'token' | 'startedAt'> {
  const { clock, random, token } = systemEnvironment({ unref: true });
  const startedAt = clock.date();
  return seed === undefined
    ? { random, token, startedAt }
    : { random: seededRandom(seed), token: seededToken(seed), startedAt };
}

/** Lines of text are no longer than 100 characters, however wide the terminal is. */
export function widthOf(columns = 0): number {
  // A terminal that nobody has told its size says 0.
  return Math.min(100, Math.max(40, columns === 0 ? 80 : columns));
}
