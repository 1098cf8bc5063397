// The table on paper: as Markdown, one line an entry, and as text for a terminal, one line a rule.
import type { Citation } from './citation.js';
import { readEntryKey } from './entry-key.js';
import { setSideBySide } from './text-columns.js';
import type { PolicyRow, RuleRow } from './describe-policy.js';

/**
 * The rows as a Markdown table: code, reason phrase, what the UAC does in order, what the refusal ends inside a dialog,
 * and the sections. Conditions and reasons stand there under the names that a policy uses.
 */
export function policyToMarkdown(rows: readonly PolicyRow[]): string {
  const lines = rows.map((row) => `| ${cellsOf(row).join(' | ')} |`);
  const marked = rows.some((row) => withoutNextTarget(row).length < row.rules.length);
  return [HEAD, LINE, ...lines, '', ENDS_NOTE, ...(marked ? ['', TARGET_NOTE] : []), ''].join('\n');
}

/**
 * The rows as text: a line for the entry and one for each rule, with its conditions, action and section.
 * @param columns the width of the terminal; 80 is the least that is used.
 */
export function policyToText(rows: readonly PolicyRow[], columns = 80): string {
  const widths = widthsFor(Math.max(80, columns));
  return rows.map((row) => entryLines(row, widths).join('\n')).join('\n\n') + '\n';
}

const INDENT = 5;

interface Widths {
  readonly when: number;
  readonly what: number;
  readonly cite: number;
}

/** What is more than 80 columns goes to the citations first, whose reasons are sentences, then to the conditions. */
function widthsFor(columns: number): Widths {
  const more = columns - 80;
  const cite = 18 + Math.min(28, Math.ceil(more / 2));
  const what = 25 + Math.min(5, Math.floor(more / 4));
  return { when: columns - INDENT - cite - what - 4, what, cite };
}

function entryLines({ key, phrase, definedIn, impact, rules }: PolicyRow, widths: Widths): readonly string[] {
  const ends = impact === 'transaction' ? '' : `, ends the ${impact}`;
  const name = { text: key, width: Math.max(INDENT - 2, key.length) };
  const title = { text: `${phraseOf(key, phrase)}${ends}`, width: INDENT + widths.when + widths.what - name.width };
  const lines = rules.flatMap((rule) =>
    setSideBySide([
      { text: '', width: INDENT - 2 },
      { text: conditionText(rule, rules.length), width: widths.when },
      { text: whatOf(rule), width: widths.what },
      { text: rule.cite, width: widths.cite },
    ]),
  );
  return [...setSideBySide([name, title, { text: definedIn, width: widths.cite }]), ...lines];
}

function conditionText({ when }: RuleRow, rules: number): string {
  if (when.length > 0) return when.map(({ name }) => name).join(', ');
  return rules === 1 ? 'always' : 'otherwise';
}

/** RFC 3261 §8.1.3.2: a class speaks for the codes that have no entry of their own. */
function phraseOf(key: string, phrase: string): string {
  return readEntryKey(key)?.isClass === true ? `any other, as ${phrase}` : phrase;
}

const HEAD = '| Code | Reason phrase | What the UAC does, in order | Ends | Sections |';
const LINE = '| --- | --- | --- | --- | --- |';
const ENDS_NOTE =
  'Ends: what the response ends inside a dialog, if it is more than its own transaction (RFC 5057 §5.1).';
const TARGET_NOTE =
  '† Before it waits for this target or gives it up, the UAC tries the next one of an earlier redirection (`targetLeft`, ' +
  'RFC 3261 §8.1.3.4). What corrects the request comes first, and so does the wait after glare or with a higher CSeq.';

function cellsOf(row: PolicyRow): readonly string[] {
  const { key, phrase, definedIn, impact, rules } = row;
  const told = withoutNextTarget(row);
  const mark = told.length < rules.length ? ' †' : '';
  const sections = sectionsOf([definedIn, ...told.map(({ cite }) => cite)]);
  const ends = impact === 'transaction' ? '' : impact;
  return [key, phraseOf(key, phrase), `${stepsOf(told).join('; ')}${mark}`, ends, sections].map(escapePipes);
}

/** The rows that most entries share become a mark; in a redirection they are what the entry is about. */
function withoutNextTarget({ key, rules }: PolicyRow): readonly RuleRow[] {
  return REDIRECTION.test(key) ? rules : rules.filter((rule, at) => !isNextTarget(rule, rules[at + 1]));
}

const REDIRECTION = /^(?:\S+ )?3/;

/** Whether a row goes to the next target, on no other conditions than those of the wait behind it. */
function isNextTarget({ do: type, when }: RuleRow, next: RuleRow | undefined): boolean {
  if (type !== 'tryOtherTarget' || when.at(-1)?.name !== 'targetLeft') return false;
  return when.length === 1 || (next?.do === 'wait' && namesOf(when.slice(0, -1)) === namesOf(next.when));
}

function namesOf(when: RuleRow['when']): string {
  return when.map(({ name }) => name).join();
}

/** What is done, step by step; neighbours that do the same become one step with alternative conditions. */
function stepsOf(rules: readonly RuleRow[]): readonly string[] {
  const steps: { readonly what: string; readonly alternatives: string[] }[] = [];
  for (const rule of rules) {
    const what = whatOf(rule).replace(/: (.+)$/, ': `$1`');
    const when = rule.when.map(({ name }) => `\`${name}\``).join(' and ');
    const last = steps.at(-1);
    if (last?.what === what && when !== '') last.alternatives.push(when);
    else steps.push({ what, alternatives: when === '' ? [] : [when] });
  }
  return steps.map(({ what, alternatives }) =>
    alternatives.length === 0 ? what : `${what} if ${alternatives.join(', or ')}`,
  );
}

function whatOf({ label, because, name }: RuleRow): string {
  const word = because ?? name;
  return word === undefined ? label : `${label}: ${word}`;
}

/** Sections by document: `RFC 3261 §21.4.18, §20.33; RFC 5057 §5.1`. */
function sectionsOf(cites: readonly Citation[]): string {
  const documents = new Map<string, Set<string>>();
  for (const cite of cites) {
    const [, document = 'local', section = ''] = /^(RFC \d+) (.*)$/.exec(cite) ?? [];
    documents.set(document, (documents.get(document) ?? new Set()).add(section));
  }
  return [...documents].map(([document, sections]) => `${document} ${[...sections].join(', ')}`.trim()).join('; ');
}

function escapePipes(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
