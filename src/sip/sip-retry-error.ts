// The one exception of this library: a mistake of the programmer who calls it. What a peer sends never throws.

/** What kind of argument was wrong. */
export type SipRetryErrorCode =
  | 'badPolicy'
  | 'badLimits'
  | 'badRequest'
  | 'badOptions'
  | 'badCredentials'
  | 'badScenario'
  | 'notStarted'
  | 'storeFailed';

/** Thrown for a mistake of the calling program; `message` is a sentence that says what to do. */
export class SipRetryError extends Error {
  override readonly name = 'SipRetryError';
  readonly code: SipRetryErrorCode;

  constructor(code: SipRetryErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
