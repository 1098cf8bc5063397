// What each action is called in words. Deciding needs none of it.
import type { ActionType } from './action.js';

/** The label of each action type; one without a label does not compile. */
export const actionLabels: { readonly [K in ActionType]: string } = {
  authenticate: 'retry with credentials',
  agreeSecurity: 'agree on a security mechanism',
  raiseInterval: 'raise the interval',
  shrinkBody: 'send a smaller body, or none',
  changeContent: 'send another content',
  changeOffer: 'make another offer',
  changeUri: 'change the Request-URI',
  dropExtensions: 'drop extensions',
  addExtensions: 'add extensions',
  addIdentity: 'sign with an Identity',
  addReferredBy: 'add a Referred-By token',
  changeLocation: 'change the location',
  changePriority: 'change the resource priority',
  raiseMaxForwards: 'raise Max-Forwards',
  revealIdentity: 'reveal the identity',
  republish: 'publish the whole state anew',
  extendDigits: 'dial more digits',
  chooseTarget: 'let the person choose',
  wait: 'wait, then ask again',
  tryOtherServer: 'try another server',
  tryOtherTarget: 'follow the redirection',
  accept: 'accept',
  giveUp: 'give up',
  custom: 'leave it to the application',
};
