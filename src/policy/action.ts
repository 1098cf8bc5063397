// What the UAC should do next: the closed list of actions, what each costs, and what must be asked for it.
import type { Challenge } from '../sip/challenge.js';
import type { GiveUpDetail, GiveUpReason } from './reason.js';

/** The next action of the UAC. */
export type Action =
  // Corrective and free: a new request in which the very thing that the response complained about has changed.
  | { readonly type: 'authenticate'; readonly challenges: readonly Challenge[] }
  | {
      readonly type: 'agreeSecurity';
      /** The Security-Server list, value by value, to be mirrored in Security-Verify (RFC 3329 §2.3.1). */
      readonly mechanisms: readonly string[];
      readonly chosen: string;
      /** The challenges that came with it; answered in the same request. */
      readonly challenges: readonly Challenge[];
    }
  | {
      readonly type: 'raiseInterval';
      readonly header: 'Expires' | 'Session-Expires';
      readonly seconds: number;
      /** For Session-Expires: the largest Min-SE seen for this call, which the next request carries (RFC 4028 §7.4). */
      readonly minSe?: number;
    }
  | { readonly type: 'shrinkBody'; readonly omit: boolean }
  | {
      readonly type: 'changeContent';
      /** What the response refused: the body sent, the Accept header sent, or the encryption used. */
      readonly part: 'body' | 'accept' | 'encryption';
      readonly accept: readonly string[];
      readonly encodings: readonly string[];
      readonly languages: readonly string[];
      /** The body part, counted from 0, that alone is sent instead of a multipart body (RFC 5621 §4.2). */
      readonly keepPart?: number;
    }
  | { readonly type: 'changeOffer'; readonly warnings: readonly number[] }
  | { readonly type: 'changeUri'; readonly uri: string; readonly why: 'scheme' | 'length' }
  | { readonly type: 'dropExtensions'; readonly tags: readonly string[] }
  | { readonly type: 'addExtensions'; readonly tags: readonly string[]; readonly header: 'Supported' | 'Require' }
  | { readonly type: 'addIdentity' }
  | { readonly type: 'addReferredBy' }
  | { readonly type: 'changeLocation'; readonly code?: number }
  | { readonly type: 'changePriority'; readonly accept: readonly string[] }
  | { readonly type: 'raiseMaxForwards'; readonly value: number }
  | { readonly type: 'revealIdentity' }
  | { readonly type: 'republish' }
  // Asked of the application.
  | { readonly type: 'extendDigits'; readonly dialled: string }
  | { readonly type: 'chooseTarget'; readonly choices: readonly string[] }
  // Time.
  | {
      readonly type: 'wait';
      /** Milliseconds from the response to the next request; never less than Retry-After says. */
      readonly delayMs: number;
      readonly basis: 'retryAfter' | 'glare' | 'backoff';
      readonly reorigination: 'retry' | 'fresh';
      /** Where the CSeq number must jump because the server has seen a higher one (RFC 3261 §12.2.2). */
      readonly nextCSeq?: number;
    }
  // Elsewhere.
  | { readonly type: 'tryOtherServer'; readonly server: string; readonly reorigination: 'failover' | 'retry' }
  | {
      readonly type: 'tryOtherTarget';
      readonly uri: string;
      /** 305 Use Proxy puts the address into a Route header and leaves the Request-URI as it is. */
      readonly as: 'requestUri' | 'route';
    }
  // The end.
  | { readonly type: 'accept' }
  | { readonly type: 'giveUp'; readonly reason: GiveUpReason; readonly detail?: GiveUpDetail }
  | { readonly type: 'custom'; readonly name: string; readonly data?: unknown };

export type ActionType = Action['type'];
export type ActionOf<K extends ActionType> = Extract<Action, { type: K }>;

/** What is needed from outside before the next request can be written. */
export type AskFor = 'credentials' | 'digits' | 'target' | 'body' | 'headers' | 'confirmation';

/** What an action costs the servers: `free` corrects; `budgeted` adds load to one that did not ask for it; `none` sends nothing. */
export type ActionCost = 'free' | 'budgeted' | 'none';

/** One line per action type; a type without a line does not compile. */
export const actionCosts: { readonly [K in ActionType]: ActionCost } = {
  authenticate: 'free',
  agreeSecurity: 'free',
  raiseInterval: 'free',
  shrinkBody: 'free',
  changeContent: 'free',
  changeOffer: 'free',
  changeUri: 'free',
  dropExtensions: 'free',
  addExtensions: 'free',
  addIdentity: 'free',
  addReferredBy: 'free',
  changeLocation: 'free',
  changePriority: 'free',
  raiseMaxForwards: 'free',
  revealIdentity: 'free',
  republish: 'free',
  extendDigits: 'free',
  chooseTarget: 'free',
  wait: 'budgeted',
  tryOtherServer: 'budgeted',
  tryOtherTarget: 'budgeted',
  accept: 'none',
  giveUp: 'none',
  custom: 'budgeted',
};

/** What must be asked before this action can be carried out; `null` when the next request can be written at once. */
export function askOf(action: Action): AskFor | null {
  switch (action.type) {
    case 'authenticate':
      return 'credentials';
    case 'agreeSecurity':
      return action.challenges.length > 0 ? 'credentials' : null;
    case 'extendDigits':
      return 'digits';
    case 'chooseTarget':
      return 'target';
    case 'shrinkBody':
      return action.omit ? null : 'body';
    case 'changeContent':
      return action.part === 'accept' || action.keepPart !== undefined ? null : 'body';
    case 'changeOffer':
    case 'republish':
      return 'body';
    case 'addIdentity':
    case 'addReferredBy':
    case 'changeLocation':
      return 'headers';
    case 'changePriority':
    case 'revealIdentity':
    case 'custom':
      return 'confirmation';
    default:
      return null;
  }
}
