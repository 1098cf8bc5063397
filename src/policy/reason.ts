// Why a UAC stops: every reason for giving up. What each tells a person: reason-sentence.ts.

/** Every reason for giving up. */
export const giveUpReasons = [
  'credentialsRejected',
  'noCredentials',
  'noUsableChallenge',
  'refused',
  'forbidden',
  'notFound',
  'gone',
  'busy',
  'unavailable',
  'intervalRefused',
  'malformedResponse',
  'cannotCorrect',
  'noAnswer',
  'declined',
  'loopDetected',
  'usageEnded',
  'downgradeRefused',
  'notRetriable',
  'outcomeUnknown',
  'noServerLeft',
  'noTargetLeft',
  'attemptsExhausted',
  'deadlinePassed',
  'retryAfterTooLong',
  'budgetExhausted',
  'ceilingReached',
] as const;

/** Why the UAC stops (a closed list). */
export type GiveUpReason = (typeof giveUpReasons)[number];

/** The numbers behind a reason. */
export interface GiveUpDetail {
  /** The action that a rule wanted and a limit denied. */
  readonly wanted?: string;
  /** The limit that denied it, by its name in `Limits`. */
  readonly limit?: string;
  /** The value of that limit, and what it was compared with. */
  readonly value?: number;
  readonly found?: number;
  /** Milliseconds after this response before which the server does not want to be asked again (RFC 3261 §20.33). */
  readonly notBefore?: number;
  /** What the response named: realms, extensions, schemes, warnings. */
  readonly named?: readonly string[];
}
