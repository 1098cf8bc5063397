// What the wrong client can be told to do wrong. Without a habit it does what the scenarios ask for.

export type Habit =
  /** Sends the request again as it was. */
  | 'sameRequest'
  /** A new transaction, but nothing that the response complained about is corrected. */
  | 'unchanged'
  | 'sameCSeq'
  | 'sameBranch'
  | 'newCallId'
  | 'newFromTag'
  /** Takes over the To tag of the response that refused it. */
  | 'keepsToTag'
  /** A redial that is no new call. */
  | 'sameCallId'
  /** A redial with a Call-ID of its own, but the old From tag. */
  | 'sameFromTag'
  /** Ignores Retry-After and every timer. */
  | 'noWait'
  | 'waitsTooLong'
  | 'lowersInterval'
  | 'forgetsAck'
  | 'ackWithNewBranch'
  | 'ackWithNextCSeq'
  | 'forgetsBye'
  /** Answers a new challenge with the nonce of the first one. */
  | 'sameNonce'
  | 'sameNonceCount'
  | 'wrongDigest'
  /** One credential at a time: that for the proxy displaces that for the registrar. */
  | 'forgetsOtherCredentials'
  /** Sends credentials again that were refused. */
  | 'guessesAgain'
  /** Asks again where it should have given up. */
  | 'asksAgain'
  /** The same, as a call of its own. */
  | 'callsAgain'
  /** Drops what was not refused, too. */
  | 'dropsEverything'
  /** Follows the worst target of a redirection. */
  | 'worstTarget'
  /** The copy for another server is another request. */
  | 'changesCopy'
  | 'staysWithServer'
  | 'noRetransmission';

export type Habits = ReadonlySet<Habit>;
