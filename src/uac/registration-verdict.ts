// What the outcome of a REGISTER means for its registration: bound, to be tried again, or of no use until something changes.
import type { GiveUpReason } from '../policy/reason.js';
import { grantedTo, type GrantedBinding, type GrantOptions } from './granted.js';
import type { RegistrationAttempt } from './registration-attempt.js';
import type { ProbeCause, StopReason } from './registration-event.js';
import type { UacOutcome } from './uac-outcome.js';

export type RegistrationVerdict =
  | { readonly type: 'bound'; readonly grant: GrantedBinding }
  | {
      readonly type: 'tryAgain';
      readonly because: ProbeCause;
      /** How long the registrar wants to be left alone, in milliseconds. */
      readonly notBeforeMs: number;
      /** The registrar may have refused a nonce for being used a second time. */
      readonly isNonceReuseRefused: boolean;
    }
  | { readonly type: 'over'; readonly because: StopReason };

/** What the outcome means. */
export function verdictOn(
  { purpose, sent, isAhead }: Pick<RegistrationAttempt, 'purpose' | 'sent' | 'isAhead'>,
  outcome: UacOutcome,
  options: GrantOptions,
): RegistrationVerdict {
  if (purpose === 'removal') return { type: 'over', because: 'unregistered' };
  switch (outcome.type) {
    case 'accepted': {
      const grant = grantedTo(sent, outcome.response, options);
      return grant.type === 'granted' ? { type: 'bound', grant } : tryAgain(grant);
    }
    case 'gaveUp': {
      // Some servers answer 403 to a nonce that is used a second time. A request that carried credentials of its own
      // accord is therefore tried once more without them before a 403 is believed.
      const isNonceReuseRefused = isAhead && outcome.reason === 'forbidden';
      return endsRegistration(outcome) && !isNonceReuseRefused
        ? { type: 'over', because: outcome.reason }
        : { ...tryAgain({ type: 'gaveUp', outcome }, outcome.detail?.notBefore), isNonceReuseRefused };
    }
    case 'cancelled':
      return outcome.because === 'vetoed' || outcome.because === 'beforeSendFailure'
        ? { type: 'over', because: outcome.because }
        : tryAgain({ type: 'cancelled', because: outcome.because });
  }
}

function tryAgain(because: ProbeCause, notBeforeMs = 0): Extract<RegistrationVerdict, { type: 'tryAgain' }> {
  return { type: 'tryAgain', because, notBeforeMs, isNonceReuseRefused: false };
}

/**
 * Whether asking again is of no use until something changes. Rejected credentials above all: three wrong guesses ban an
 * address in common settings, and with it everybody behind the same NAT (decisions/0018-keep-registered.md).
 */
function endsRegistration({ reason, status }: Extract<UacOutcome, { type: 'gaveUp' }>): boolean {
  return ENDS.has(reason) || status === 405;
}

const ENDS: ReadonlySet<GiveUpReason> = new Set<GiveUpReason>([
  'credentialsRejected',
  'noCredentials',
  'forbidden',
  'notFound',
  'gone',
  'declined',
]);
