// `sip-retry explain`: one entry of the table in words.
import { describeEntry, type EntryDescription, type PolicyRow, type RuleRow } from '../policy/describe-policy.js';
import { rfcPolicy } from '../policy/table/index.js';
import { widthOf } from './decide.js';
import { impactInWords } from './in-words.js';
import type { Io } from './io.js';
import { type Palette, paletteFor } from './palette.js';
import { paintType } from './print-decision.js';
import { hang } from './wrapped.js';

/** Prints the entry that speaks for a status code from 200 to 699, for any method or for one. */
export function explainCommand(status: number, method: string | undefined, io: Io): void {
  const entry = describeEntry(rfcPolicy, status, method);
  io.stdout.write(`${entryAsText(entry, paletteFor(io.stdout, io), widthOf(io.stdout.columns)).join('\n')}\n`);
}

function entryAsText(entry: EntryDescription, colours: Palette, width: number): readonly string[] {
  const { status, row, treatedAs, others } = entry;
  const known = treatedAs === status;
  const head = known ? `${row.key} ${row.phrase}` : `${status}, treated as ${treatedAs} ${row.phrase}`;
  const why = known ? row.definedIn : 'an unknown code is the x00 of its class, RFC 3261 §8.1.3.2';
  return [
    `${colours.bold(head)} ${colours.dim(`(${why})`)}`,
    ...hang('Inside a dialog: ', `${endsAsText(row)}.`, width),
    ...row.rules.flatMap((rule) => ['', ...ruleAsText(rule, row.rules.length, colours, width)]),
    ...(others.length === 0 ? [] : ['', ...hang('See also: ', others.join(', '), width)]),
  ];
}

function endsAsText({ impact, impactOnTimeout }: PolicyRow): string {
  const words = impactInWords(impact);
  return impactOnTimeout === undefined ? words : `${words}; no response in time ${impactInWords(impactOnTimeout)}`;
}

/** The number is that of the row in the table, as `decide` tells it: for a method, rows may be left out. */
function ruleAsText(rule: RuleRow, rules: number, colours: Palette, width: number): readonly string[] {
  const number = `${rule.id.slice(rule.id.indexOf('#') + 1)}.`.padStart(4);
  const conditions = rule.when.flatMap(({ name, sentence }, at) =>
    hang(at === 0 ? `${number} if  ` : '     and ', `${sentence} (${name})`, width),
  );
  const action = [rule.do, rule.because ?? rule.name].filter((word) => word !== undefined).join(' ');
  const [first = '', ...more] = hang('     →   ', `${action}: ${rule.why ?? rule.label} (${rule.cite})`, width);
  return [
    ...(conditions.length === 0 ? [`${number} ${rules === 1 ? 'always' : 'otherwise'}`] : conditions),
    first.replace(rule.do, () => colours.bold(paintType(rule.do, colours)(rule.do))),
    ...more,
  ];
}
