// One command of a SIPp scenario: <send>, <recv>, <pause>, <nop>.
import type { Omissions } from './not-understood.js';
import { posixPattern } from './posix-pattern.js';
import type { PauseDuration, SippCommand } from './program.js';
import { readActions, readText } from './read-action.js';
import { plainLines } from './template.js';
import type { XmlElement } from './read-xml.js';

/** The index of the command behind a label. */
export type LabelOf = (id: string) => number | undefined;

/** The elements that are commands. */
export const commandNames: readonly string[] = ['send', 'recv', 'pause', 'timewait', 'nop'];

const SEEN: readonly string[] = [
  ...['next', 'test', 'chance', 'condexec', 'condexec_inverse'],
  ...['request', 'response', 'optional', 'rrs', 'timeout', 'ontimeout', 'regexp_match', 'retrans'],
  ...['milliseconds', 'variable', 'distribution', 'min', 'max', 'mean', 'stdev', 'value'],
];

/** Statistics, display, transactions by name, losses by chance: left out, and nothing is said about it. */
const QUIET: readonly string[] = [
  ...['crlf', 'rtd', 'start_rtd', 'repeat_rtd', 'counter', 'hide', 'display', 'sanity_check', 'lost', 'auth'],
  ...['start_txn', 'ack_txn', 'response_txn', 'ignoresdp', 'message', 'delay'],
];

/** Reads a command; `undefined` for what is none, or is left out. */
export function readCommand(element: XmlElement, labelOf: LabelOf, omissions: Omissions): SippCommand | undefined {
  const { name, attributes, line } = element;
  if (!commandNames.includes(name)) return undefined;
  for (const attribute of Object.keys(attributes)) {
    if (!SEEN.includes(attribute) && !QUIET.includes(attribute)) omissions.add(line, `<${name} ${attribute}>`);
  }
  const step = { line, ...jumpOf(element, labelOf, omissions), actions: readActions(element, omissions) };
  switch (name) {
    case 'send': {
      const text = plainLines(element.text);
      const [, method] = /^([A-Za-z]+) \S+ SIP\/2\.0/.exec(text) ?? [];
      const retransMs = numberOf(attributes['retrans']);
      const sent = { ...step, do: 'send', message: readText(text, line, omissions), method } as const;
      return retransMs === undefined ? sent : { ...sent, retransMs };
    }
    case 'recv':
      return readRecv(element, step, labelOf, omissions);
    case 'pause':
    case 'timewait':
      return { ...step, do: 'pause', duration: durationOf(element, omissions), isTimewait: name === 'timewait' };
    case 'nop':
      return { ...step, do: 'nop' };
    default:
      return undefined;
  }
}

type Step = Pick<SippCommand, 'line' | 'next' | 'test' | 'chance' | 'onlyIf' | 'actions'>;

function readRecv({ attributes, line }: XmlElement, step: Step, labelOf: LabelOf, omissions: Omissions): SippCommand {
  const { request, response, ontimeout } = attributes;
  const pattern =
    request !== undefined && attributes['regexp_match'] === 'true'
      ? posixPattern(`^(?:${request})$`, false)
      : undefined;
  const timeoutMs = numberOf(attributes['timeout']);
  const onTimeout = ontimeout === undefined ? undefined : labelOf(ontimeout);
  if (ontimeout !== undefined && onTimeout === undefined) omissions.add(line, `the label ${JSON.stringify(ontimeout)}`);
  return {
    ...step,
    do: 'recv',
    ...(request === undefined ? {} : { request }),
    ...(response === undefined ? {} : { response }),
    ...(pattern === undefined ? {} : { pattern }),
    optional: attributes['optional'] === 'true' || attributes['optional'] === 'global',
    rrs: attributes['rrs'] === 'true',
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(onTimeout === undefined ? {} : { onTimeout }),
  };
}

function jumpOf(
  { attributes, line }: XmlElement,
  labelOf: LabelOf,
  omissions: Omissions,
): Omit<Step, 'line' | 'actions'> {
  const { next, test, condexec, condexec_inverse: inverse } = attributes;
  const to = next === undefined ? undefined : labelOf(next);
  if (next !== undefined && to === undefined) omissions.add(line, `the label ${JSON.stringify(next)}`);
  const chance = numberOf(attributes['chance']);
  return {
    ...(to === undefined ? {} : { next: to }),
    ...(test === undefined ? {} : { test }),
    ...(chance === undefined ? {} : { chance }),
    ...(condexec === undefined ? {} : { onlyIf: { variable: condexec, inverse: inverse === 'true' } }),
  };
}

function durationOf({ name, attributes, line }: XmlElement, omissions: Omissions): PauseDuration {
  const { milliseconds, variable, distribution = 'fixed' } = attributes;
  const number = (attribute: string): number => numberOf(attributes[attribute]) ?? 0;
  if (variable !== undefined) return { kind: 'variable', variable };
  switch (distribution) {
    case 'fixed':
      return { kind: 'fixed', ms: numberOf(milliseconds) ?? number('value') };
    case 'uniform':
      return { kind: 'uniform', min: number('min'), max: number('max') };
    case 'normal':
      return { kind: 'normal', mean: number('mean'), deviation: number('stdev') };
    default:
      omissions.add(line, `<${name} distribution="${distribution}">`);
      return { kind: 'fixed', ms: number('mean') };
  }
}

function numberOf(written: string | undefined): number | undefined {
  const number = Number(written ?? Number.NaN);
  // SIPp lets `retrans="true"` and other words pass.
  return Number.isFinite(number) && number >= 0 && number <= 1e12 ? number : undefined;
}
