// The closed lists of words that a policy is written in.
import { actionCosts, type ActionType } from './action.js';
import { type ConditionName, conditions, isConditionName } from './condition.js';
import type { Impact } from './impact.js';

/** Every type of action. */
export const actionTypes: readonly ActionType[] = Object.keys(actionCosts).filter(isActionType);

/** Every name of a condition. */
export const conditionNames: readonly ConditionName[] = Object.keys(conditions).filter(isConditionName);

/** What a refusal may destroy inside a dialog, least first (RFC 5057 §5.1). */
export const impacts: readonly Impact[] = ['transaction', 'usage', 'dialog'];

function isActionType(name: string): name is ActionType {
  return Object.hasOwn(actionCosts, name);
}
