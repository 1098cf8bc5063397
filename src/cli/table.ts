// `sip-retry table`: the whole policy, as text, as Markdown or as JSON.
import { describePolicy, type PolicyRow } from '../policy/describe-policy.js';
import { policyToMarkdown, policyToText } from '../policy/policy-table.js';
import { rfcPolicy } from '../policy/table/index.js';
import { widthOf } from './decide.js';
import type { Io } from './io.js';
import { type Palette, paletteFor } from './palette.js';

export const tableFormats = ['text', 'markdown', 'json'] as const;
export type TableFormat = (typeof tableFormats)[number];

/** Prints every entry of the table. */
export function tableCommand(format: TableFormat, io: Io): void {
  const rows = describePolicy(rfcPolicy);
  io.stdout.write(printers[format](rows, io));
}

const printers: { readonly [K in TableFormat]: (rows: readonly PolicyRow[], io: Io) => string } = {
  text: (rows, io) => coloured(policyToText(rows, widthOf(io.stdout.columns)), paletteFor(io.stdout, io)),
  markdown: (rows) => policyToMarkdown(rows),
  json: (rows) => `${JSON.stringify(rows, null, 2)}\n`,
};

/** The title of each entry, which alone begins at the edge, stands out; sections step back. */
function coloured(text: string, { bold, dim }: Palette): string {
  return text
    .replace(/ {2}(RFC \d+ §\S+|local\b.*)$/gm, (_, cite: string) => `  ${dim(cite)}`)
    .replace(/^\S.*?(?= {3}|$)/gm, (title) => bold(title));
}
