// From a rule to the action it names, payload and all. Rules name types; facts fill them.
import type { Action, ActionOf, ActionType } from './action.js';
import { answerableChallenges, realmOf, rejectedRealms } from './challenge-choice.js';
import { isConditionalPublish, planContent, planShrink } from './content.js';
import { notBeforeOf, planWait } from './delay.js';
import { planAdd, planDrop } from './extension.js';
import type { Facts } from './facts.js';
import { intervalLimitOf, planRaise } from './interval.js';
import type { Rule } from './rule.js';
import { planSecurity } from './security.js';
import { planChoice, planDigits, planServer, planTarget, planUri, USUAL_MAX_FORWARDS } from './target.js';
import type { GiveUpDetail, GiveUpReason } from './reason.js';

/** The action of this rule; `undefined` when the facts hold nothing to fill it with. */
export function plan(rule: Rule, facts: Facts): Action | undefined {
  return planners[rule.do](facts, rule);
}

/** Stopping with a reason and the numbers that the response gave. */
export function giveUp(reason: GiveUpReason, facts: Facts, detail: GiveUpDetail = {}): ActionOf<'giveUp'> {
  const notBefore = notBeforeOf(facts);
  const named = namedIn(facts, reason);
  const whole: { -readonly [K in keyof GiveUpDetail]: GiveUpDetail[K] } = { ...detail };
  if (reason === 'intervalRefused') Object.assign(whole, intervalLimitOf(facts));
  if (notBefore !== undefined) whole.notBefore = notBefore;
  if (named.length > 0) whole.named = named;
  return Object.keys(whole).length === 0 ? { type: 'giveUp', reason } : { type: 'giveUp', reason, detail: whole };
}

const planners: { readonly [K in ActionType]: (facts: Facts, rule: Rule) => ActionOf<K> | undefined } = {
  authenticate: (facts) => {
    const challenges = answerableChallenges(facts);
    return challenges.length === 0 ? undefined : { type: 'authenticate', challenges };
  },
  agreeSecurity: planSecurity,
  raiseInterval: planRaise,
  shrinkBody: planShrink,
  changeContent: planContent,
  changeOffer: ({ response }) => ({ type: 'changeOffer', warnings: response.warnings }),
  changeUri: planUri,
  dropExtensions: planDrop,
  addExtensions: planAdd,
  addIdentity: () => ({ type: 'addIdentity' }),
  addReferredBy: () => ({ type: 'addReferredBy' }),
  changeLocation: ({ response }) => ({
    type: 'changeLocation',
    ...(response.geolocationError === undefined ? {} : { code: response.geolocationError }),
  }),
  changePriority: ({ response }) => ({ type: 'changePriority', accept: response.acceptResourcePriority ?? [] }),
  raiseMaxForwards: () => ({ type: 'raiseMaxForwards', value: USUAL_MAX_FORWARDS }),
  revealIdentity: () => ({ type: 'revealIdentity' }),
  republish: (facts) => (isConditionalPublish(facts) ? { type: 'republish' } : undefined),
  extendDigits: planDigits,
  chooseTarget: planChoice,
  wait: (facts, rule) => planWait(facts, rule.when),
  tryOtherServer: planServer,
  tryOtherTarget: planTarget,
  accept: () => ({ type: 'accept' }),
  giveUp: (facts, rule) => giveUp(rule.because ?? 'refused', facts),
  custom: (_facts, rule) => ({ type: 'custom', name: rule.name ?? 'custom' }),
};

/** What the response named, where the reason alone would leave the person guessing. */
function namedIn(facts: Facts, reason: GiveUpReason): readonly string[] {
  const { response, status } = facts;
  switch (reason) {
    case 'credentialsRejected':
      return rejectedRealms(facts);
    case 'noCredentials':
      return [...new Set(response.challenges.map(({ challenge }) => realmOf(challenge)))];
    case 'cannotCorrect':
      return response.unsupported.length > 0 ? response.unsupported : response.require;
    case 'usageEnded':
    case 'refused':
      return (status === 405 ? response.allow : status === 489 ? response.allowEvents : undefined) ?? [];
    default:
      return [];
  }
}
