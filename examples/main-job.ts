// The main job on real-looking messages: two conversations as ladders. Run by `npm start`.
import { fileURLToPath } from 'node:url';
import { converse, type Turn } from '../src/cli/conversation.js';
import { chanceFor, widthOf } from '../src/cli/decide.js';
import { durationInWords } from '../src/policy/in-words.js';
import type { Io } from '../src/cli/io.js';
import { ladderOf } from '../src/cli/ladder.js';
import { loadConfig } from '../src/cli/load-config.js';
import { paletteFor } from '../src/cli/palette.js';
import { processIo } from '../src/cli/process-io.js';
import { readGivenAnswer, readGivenRequest } from '../src/cli/read-inputs.js';

/** The messages of a flow are named after it: `register.request.sip`, `register.401.sip`, `register.config.json`. */
interface Flow {
  readonly name: string;
  readonly title: string;
  readonly answers: readonly string[];
}

const flows: readonly Flow[] = [
  { name: 'register', title: 'A REGISTER through 401 and 423 to 200', answers: ['401', '423', '200'] },
  {
    name: 'invite',
    title: 'An INVITE through 407, 484, 486 with Retry-After and 503 to 200',
    answers: ['407', '484', '486', '503', '180', '200'],
  },
];

/** The same seed gives the same branches, tags and waits; the responses were written for this one. */
const SEED = 1;

/** Draws both flows. */
export async function showMainJob(io: Io): Promise<void> {
  const colours = paletteFor(io.stdout, io);
  for (const { name, title, answers } of flows) {
    const request = await readGivenRequest(`${name}.request.sip`, io);
    const config = await loadConfig(`${name}.config.json`, io);
    const given = await Promise.all(answers.map((status) => readGivenAnswer(`${name}.${status}.sip`, io)));
    const turns = converse(request, given, { ...config, ...chanceFor(SEED) });
    const content = { request: request.request, server: config.client.servers?.[0], answers: given, turns };
    const layout = { colours, width: widthOf(io.stdout.columns), policy: config.policy };
    const head = `${colours.bold(title)}\n${colours.dim(`examples/${name}.*.sip`)}`;
    io.stdout.write(`\n${head}\n\n${ladderOf(content, layout)}\n  ${summaryOf(turns)}\n`);
  }
  io.stdout.write('\n');
}

/** `accepted after 5 attempts and 2 min 3 s of waiting` */
function summaryOf(turns: readonly Turn[]): string {
  const decisions = turns.filter((turn) => turn.kind === 'decision');
  const waited = decisions.reduce((sum, { delayMs }) => sum + delayMs, 0);
  const end = decisions.at(-1)?.decision.action.type === 'accept' ? 'Accepted' : 'Ended';
  return `${end} after ${decisions.length} attempts${waited === 0 ? '' : ` and ${durationInWords(waited)} of waiting`}.`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await showMainJob({ ...processIo(), cwd: fileURLToPath(new URL('.', import.meta.url)) });
}
