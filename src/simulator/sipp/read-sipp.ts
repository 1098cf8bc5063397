// Reads a SIPp scenario file of a user agent server.
import { SipRetryError } from '../../sip/sip-retry-error.js';
import { commandNames, readCommand } from './read-command.js';
import { Omissions, type NotUnderstood } from './not-understood.js';
import type { SippCommand, SippProgram } from './program.js';
import { readXml, type XmlElement } from './read-xml.js';

/** A server that can be run, or why there is none. */
export type ReadSipp =
  | {
      readonly kind: 'server';
      readonly program: SippProgram;
      /** What is left out, in the order of the lines. */
      readonly notUnderstood: readonly NotUnderstood[];
    }
  | {
      readonly kind: 'refused';
      readonly line: number;
      /** What was found there. */
      readonly found: string;
      readonly expected: string;
    };

/** What is no command, and is left out without a word: statistics, and names of variables that nobody reads. */
const QUIET: readonly string[] = [
  'label',
  'Reference',
  'Global',
  'User',
  'ResponseTimeRepartition',
  'CallLengthRepartition',
];

/** Reads the text of a SIPp scenario. Total: whatever the text is, it never throws. */
export function readSipp(text: string): ReadSipp {
  const { root, flaws } = readXml(text);
  if (root?.name !== 'scenario') {
    const found = root === undefined ? 'there is no element in it' : `it begins with <${root.name}>`;
    return { kind: 'refused', line: root?.line ?? 1, found, expected: 'the <scenario> of SIPp' };
  }
  const omissions = new Omissions();
  for (const { line, what } of flaws) omissions.add(line, `XML that is not well-formed: ${what}`);
  const commands = readCommands(root, omissions);
  const first = commands.find(({ do: kind }) => kind === 'send' || kind === 'recv');
  const refusal = refusalOf(first, root.line);
  if (refusal !== undefined) return { kind: 'refused', ...refusal, expected: A_SERVER };
  const { name = 'sipp' } = root.attributes;
  return {
    kind: 'server',
    program: { name, commands, globals: globalsOf(root) },
    notUnderstood: omissions.list(),
  };
}

/**
 * The program of a text that was found to be one of a server.
 * @throws SipRetryError `badScenario` for any other text.
 */
export function requireProgram(text: string): SippProgram {
  const read = readSipp(text);
  if (read.kind === 'server') return read.program;
  throw new SipRetryError('badScenario', `In line ${read.line} ${read.found}; expected ${read.expected}.`);
}

function readCommands({ children }: XmlElement, omissions: Omissions): readonly SippCommand[] {
  const labels = new Map<string, number>();
  let index = 0;
  for (const { name, attributes } of children) {
    if (commandNames.includes(name)) index += 1;
    else if (name === 'label') labels.set(attributes['id'] ?? '', index);
  }
  return children.flatMap((element) => {
    const command = readCommand(element, (id) => labels.get(id), omissions);
    if (command === undefined && !QUIET.includes(element.name)) omissions.add(element.line, `<${element.name}>`);
    return command === undefined ? [] : [command];
  });
}

function globalsOf({ children }: XmlElement): ReadonlySet<string> {
  const lists = children
    .filter(({ name }) => name === 'Global' || name === 'User')
    .map(({ attributes }) => attributes['variables'] ?? '');
  return new Set(lists.flatMap((list) => list.split(',').map((name) => name.trim())));
}

const A_SERVER = 'the scenario of a server, which begins with <recv request="…">';

/** Why a scenario with this first message is none of a server. */
function refusalOf(
  first: SippCommand | undefined,
  line: number,
): { readonly line: number; readonly found: string } | undefined {
  if (first === undefined) return { line, found: 'it neither receives nor sends' };
  if (first.do === 'send') {
    const { method } = first;
    const what = method === undefined ? 'a response to nothing' : `${/^[AEIOU]/i.test(method) ? 'an' : 'a'} ${method}`;
    const who = method === undefined ? '' : ': it is a user agent client';
    return { line: first.line, found: `it begins by sending ${what}${who}` };
  }
  return first.do === 'recv' && first.request === undefined
    ? { line: first.line, found: 'it begins by receiving a response' }
    : undefined;
}
