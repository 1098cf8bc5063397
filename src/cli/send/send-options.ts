// What `sip-retry send` is told on its command line, before anything of it is read or checked.

/** The options as they were written; numbers and lists are checked by `readSendPlan`. */
export interface SendOptions {
  readonly server?: readonly string[];
  readonly from?: string;
  readonly user?: string;
  readonly password?: string;
  readonly passwordFile?: string;
  readonly expires?: string;
  readonly header?: readonly string[];
  readonly supported?: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly alternativeBody?: readonly string[];
  readonly moreDigits?: readonly string[];
  readonly limits?: string;
  readonly policy?: string;
  readonly hangUpAfter?: string;
  readonly timeout?: string;
  readonly json?: boolean;
  readonly trace?: string;
  readonly keep?: boolean;
}
