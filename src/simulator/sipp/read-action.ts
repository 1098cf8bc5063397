// The actions of a SIPp scenario: what a command does with variables and with the message that came.
import type { Omissions } from './not-understood.js';
import { posixPattern } from './posix-pattern.js';
import type { Comparison, ComputeOperator, Operand, SippAction } from './program.js';
import { readTemplate, type Template } from './template.js';
import type { XmlElement } from './read-xml.js';

/** The actions inside a command, in order. */
export function readActions({ children }: XmlElement, omissions: Omissions): readonly SippAction[] {
  return children
    .filter(({ name }) => name === 'action')
    .flatMap(({ children: actions }) => actions.flatMap((action) => readAction(action, omissions)));
}

/** A text with keywords; those that mean nothing here are named. */
export function readText(text: string, line: number, omissions: Omissions): Template {
  const { template, unknown } = readTemplate(text);
  for (const keyword of unknown) omissions.add(line, `the keyword ${keyword}`);
  return template;
}

function readAction(element: XmlElement, omissions: Omissions): readonly SippAction[] {
  const { name, attributes, line } = element;
  const { assign_to: assignTo = '' } = attributes;
  const text = (value = ''): Template => readText(value, line, omissions);
  switch (name) {
    case 'ereg':
      return readEreg(element, omissions);
    case 'assignstr':
      return [{ do: 'assignText', assignTo, value: text(attributes['value']) }];
    case 'assign':
      return [{ do: 'assignNumber', assignTo, value: operandOf(attributes) }];
    case 'todouble':
      return [{ do: 'assignNumber', assignTo, value: { variable: attributes['variable'] ?? '' } }];
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
      return [{ do: 'compute', assignTo, operator: name satisfies ComputeOperator, value: operandOf(attributes) }];
    case 'test':
      return readTest(element, omissions);
    case 'strcmp': {
      const { variable = '', variable2, value } = attributes;
      const other = variable2 === undefined ? text(value) : { variable: variable2 };
      return [{ do: 'strcmp', assignTo, variable, value: other }];
    }
    case 'trim':
      return [{ do: 'trim', assignTo }];
    case 'verifyauth': {
      const { username, password } = attributes;
      return [{ do: 'verifyauth', assignTo, username: text(username), password: text(password) }];
    }
    case 'gettimeofday': {
      const [seconds = '', microseconds = ''] = namesOf(assignTo);
      return [{ do: 'gettimeofday', seconds, microseconds }];
    }
    case 'jump':
      return [{ do: 'jump', to: operandOf(attributes) }];
    // What goes to a log is nothing that a peer sees.
    case 'log':
    case 'warning':
      return [];
    default:
      omissions.add(line, `<${[name, ...Object.keys(attributes).slice(0, 1)].join(' ')}>`);
      return [];
  }
}

function readEreg({ attributes, line }: XmlElement, omissions: Omissions): readonly SippAction[] {
  const { regexp = '', header = '', variable = '', assign_to: assignTo = '' } = attributes;
  const pattern = posixPattern(regexp, attributes['case_indep'] === 'true');
  const searchIn = attributes['search_in'] ?? 'msg';
  if (pattern === undefined) {
    omissions.add(line, `the regular expression ${JSON.stringify(regexp)}`);
    return [];
  }
  const { check_it: checkIt, check_it_inverse: inverse } = attributes;
  const rest = {
    do: 'ereg',
    regexp: pattern,
    assignTo: namesOf(assignTo),
    check: checkIt === 'true' ? 'match' : inverse === 'true' ? 'noMatch' : 'none',
    line,
  } as const;
  switch (searchIn) {
    case 'msg':
    case 'body':
      return [{ ...rest, searchIn }];
    case 'hdr': {
      // SIPp's own documentation and its source spell it differently.
      const occurrence = Number(attributes['occurrence'] ?? attributes['occurence'] ?? '1');
      return [{ ...rest, searchIn: { header, occurrence: Number.isInteger(occurrence) ? occurrence : 1 } }];
    }
    case 'var':
      return [{ ...rest, searchIn: { variable } }];
    default:
      omissions.add(line, `<ereg search_in="${searchIn}">`);
      return [];
  }
}

const COMPARISONS: readonly Comparison[] = [
  'equal',
  'not_equal',
  'greater_than',
  'less_than',
  'greater_than_equal',
  'less_than_equal',
];

function readTest({ attributes, line }: XmlElement, omissions: Omissions): readonly SippAction[] {
  const { assign_to: assignTo = '', variable = '', variable2, compare: written = '' } = attributes;
  const compare = COMPARISONS.find((known) => known === written);
  if (compare === undefined) {
    omissions.add(line, `<test compare="${written}">`);
    return [];
  }
  const value = variable2 === undefined ? operandOf({ value: attributes['value'] ?? '0' }) : { variable: variable2 };
  return [{ do: 'test', assignTo, variable, compare, value }];
}

function operandOf({ value, variable = '' }: Readonly<Record<string, string>>): Operand {
  if (value === undefined) return { variable };
  const number = Number.parseFloat(value);
  return Number.isNaN(number) ? 0 : number;
}

function namesOf(list: string): readonly string[] {
  return list.split(',').map((name) => name.trim());
}
