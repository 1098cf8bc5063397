// Writes the generated parts of the README: the table of codes, what was measured, and its picture. `npm run docs`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import measured from '../bench/results.json' with { type: 'json' };
import { tableOf } from '../bench/table.mjs';
import { createRetryMachine } from '../machines/retry.machine.js';
import { chartOf, drawChart, withoutUnreachable } from '../src/inspect/chart/index.js';
import { onlyStatuses } from '../src/policy/custom.js';
import { describePolicy, policyToMarkdown, rfcPolicy } from '../src/policy/describe.js';

const path = resolve(import.meta.dirname, '../README.md');

/** The README with its table as the policy says it now, and the numbers of the last run of `npm run bench`. */
export function currentReadme(readme: string): string {
  const table = policyToMarkdown(describePolicy(rfcPolicy)).trim();
  return fill(fill(readme, 'table', table), 'measured', `\`\`\`text\n${summaryOf()}\n\`\`\``);
}

/** The picture of the README: the codes that a UAC meets every day. */
export function currentPicture(): Promise<string> {
  const policy = onlyStatuses(rfcPolicy, [401, 407, 423, 480, 486]);
  return drawChart(withoutUnreachable(chartOf(createRetryMachine(policy).config)));
}

/** The head of the benchmark's table: every aim, and what the run gave. */
function summaryOf(): string {
  return tableOf(measured.results, measured.machine).split('\n\n').slice(0, 2).join('\n\n');
}

function fill(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no ${begin} … ${end}; put the two comments back.`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}

if (process.argv[1] === import.meta.filename && existsSync(path)) {
  writeFileSync(path, currentReadme(readFileSync(path, 'utf8')));
  writeFileSync(resolve(import.meta.dirname, '../pictures/policy.svg'), await currentPicture());
}
