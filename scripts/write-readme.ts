// Writes the generated parts of the README: the table of codes, and what was measured. `npm run docs`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describePolicy, rfcPolicy } from '../src/policy/index.js';
import { policyToMarkdown } from '../src/policy/policy-table.js';

const path = resolve(import.meta.dirname, '../README.md');

/** The README with its table as the policy says it now. */
export function currentReadme(readme: string): string {
  return fill(readme, 'table', policyToMarkdown(describePolicy(rfcPolicy)).trim());
}

function fill(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no ${begin} … ${end}; put the two comments back.`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}

if (process.argv[1] === import.meta.filename && existsSync(path)) {
  writeFileSync(path, currentReadme(readFileSync(path, 'utf8')));
}
