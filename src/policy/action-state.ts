// Where the chart carries each action out. Deciding needs none of it.
import type { ActionType } from './action.js';

/** The states of the chart in which an action is carried out. */
export type RetryState =
  | 'accepted'
  | 'gaveUp'
  | 'authenticating'
  | 'adjusting'
  | 'askingUser'
  | 'waiting'
  | 'extendingDigits'
  | 'choosingTarget'
  | 'tryingOtherServer'
  | 'tryingOtherTarget';

/** The state of each action type; one without a state does not compile. */
export const actionStates: { readonly [K in ActionType]: RetryState } = {
  authenticate: 'authenticating',
  agreeSecurity: 'authenticating',
  raiseInterval: 'adjusting',
  shrinkBody: 'askingUser',
  changeContent: 'askingUser',
  changeOffer: 'askingUser',
  changeUri: 'adjusting',
  dropExtensions: 'adjusting',
  addExtensions: 'adjusting',
  addIdentity: 'askingUser',
  addReferredBy: 'askingUser',
  changeLocation: 'askingUser',
  changePriority: 'askingUser',
  raiseMaxForwards: 'adjusting',
  revealIdentity: 'askingUser',
  republish: 'askingUser',
  extendDigits: 'extendingDigits',
  chooseTarget: 'choosingTarget',
  wait: 'waiting',
  tryOtherServer: 'tryingOtherServer',
  tryOtherTarget: 'tryingOtherTarget',
  accept: 'accepted',
  giveUp: 'gaveUp',
  custom: 'askingUser',
};
