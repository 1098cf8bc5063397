// What the actions of a SIPp scenario do to its variables, and the checks that end a call.
import type { Comparison, ComputeOperator, Operand, SippAction } from './program.js';
import { searchedRow, type Received } from './received.js';
import type { Template } from './template.js';
import type { Variables } from './variables.js';
import { verifies } from './verify-credentials.js';

export interface ActionMeans {
  readonly variables: Variables;
  /** The message that came last. */
  readonly last: Received | undefined;
  readonly fill: (template: Template) => string;
  /** Milliseconds since 1970. */
  readonly date: () => number;
}

/** What comes of the actions of a command. */
export interface Carried {
  /** The line of a check that did not hold. */
  readonly failedAt?: number;
  /** The command to go on with, as an index. */
  readonly jumpTo?: number;
}

/** Carries them out in order, to the first check that does not hold. */
export function carryOut(actions: readonly SippAction[], means: ActionMeans): Carried {
  let carried: Carried = {};
  for (const action of actions) {
    carried = { ...carried, ...carryOutOne(action, means) };
    if (carried.failedAt !== undefined) break;
  }
  return carried;
}

function carryOutOne(action: SippAction, means: ActionMeans): Carried {
  const { variables, fill, date } = means;
  switch (action.do) {
    case 'ereg':
      return match(action, means);
    case 'assignText':
      variables.set(action.assignTo, fill(action.value));
      return {};
    case 'assignNumber':
      variables.set(action.assignTo, numberOf(action.value, variables));
      return {};
    case 'compute': {
      const result = computed(variables.numberOf(action.assignTo), action.operator, numberOf(action.value, variables));
      variables.set(action.assignTo, result);
      return {};
    }
    case 'test': {
      const [one, other] = [variables.numberOf(action.variable), numberOf(action.value, variables)];
      variables.set(action.assignTo, compares(one, action.compare, other));
      return {};
    }
    case 'strcmp': {
      const { value } = action;
      const other = 'variable' in value ? variables.textOf(value.variable) : fill(value);
      variables.set(action.assignTo, order(variables.textOf(action.variable), other));
      return {};
    }
    case 'trim':
      variables.set(action.assignTo, variables.textOf(action.assignTo).trim());
      return {};
    case 'verifyauth':
      variables.set(action.assignTo, verifies(means.last, fill(action.username), fill(action.password)));
      return {};
    case 'gettimeofday':
      variables.set(action.seconds, Math.floor(date() / 1_000));
      variables.set(action.microseconds, (date() % 1_000) * 1_000);
      return {};
    case 'jump':
      return { jumpTo: numberOf(action.to, variables) };
  }
}

function match(
  { regexp, searchIn, assignTo, check, line }: Extract<SippAction, { do: 'ereg' }>,
  { last, variables }: ActionMeans,
): Carried {
  const text = searched(searchIn, last, variables);
  const found = regexp.exec(text);
  for (const [index, name] of assignTo.entries()) variables.set(name, found?.[index]);
  const failed = (check === 'match' && found === null) || (check === 'noMatch' && found !== null);
  return failed ? { failedAt: line } : {};
}

function searched(
  searchIn: Extract<SippAction, { do: 'ereg' }>['searchIn'],
  last: Received | undefined,
  variables: Variables,
): string {
  if (searchIn === 'msg') return last?.text ?? '';
  if (searchIn === 'body') return last?.body ?? '';
  if ('variable' in searchIn) return variables.textOf(searchIn.variable);
  return last === undefined ? '' : searchedRow(last, searchIn.header, searchIn.occurrence);
}

function numberOf(operand: Operand, variables: Variables): number {
  return typeof operand === 'number' ? operand : variables.numberOf(operand.variable);
}

function computed(one: number, operator: ComputeOperator, other: number): number {
  switch (operator) {
    case 'add':
      return one + other;
    case 'subtract':
      return one - other;
    case 'multiply':
      return one * other;
    case 'divide':
      return other === 0 ? one : one / other;
  }
}

function compares(one: number, comparison: Comparison, other: number): boolean {
  switch (comparison) {
    case 'equal':
      return one === other;
    case 'not_equal':
      return one !== other;
    case 'greater_than':
      return one > other;
    case 'less_than':
      return one < other;
    case 'greater_than_equal':
      return one >= other;
    case 'less_than_equal':
      return one <= other;
  }
}

function order(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
