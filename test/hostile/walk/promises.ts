// What must hold of every step from one attempt to the next, said anew from the RFCs and not taken from the sources.
import type { Decision } from '../../../src/policy/decide.js';
import type { Client, Facts } from '../../../src/policy/facts.js';
import type { Limits } from '../../../src/policy/limits.js';
import type { RequestRecord } from '../../../src/request/record.js';
import type { SipRequest } from '../../../src/sip/message.js';

/** From one attempt to the next, or to the end. */
export interface Step {
  readonly before: RequestRecord;
  readonly facts: Facts;
  readonly decision: Decision;
  /** The next attempt; absent: the request has ended. */
  readonly after: RequestRecord | undefined;
}

/** What this step breaks. */
export function* brokenBy(step: Step, { client, limits }: { client: Client; limits: Limits }): Generator<string> {
  const { before, after, decision, facts } = step;
  const { action } = decision;
  if (after === undefined) return;
  const [was, is] = [before.history, after.history];
  if (is.attempts !== was.attempts + 1) yield `attempts go from ${was.attempts} to ${is.attempts}`;
  if (is.attempts > limits.maxAttempts) yield `attempt ${is.attempts} is begun`;
  // What was tried stays so: without this, "each at most once" would hold of single steps only.
  if (!was.serversTried.every((server) => is.serversTried.includes(server)))
    yield 'a server that was tried is forgotten';
  if (!was.targetsTried.every((target) => is.targetsTried.includes(target)))
    yield 'a target that was tried is forgotten';
  if (facts.origin === 'restart' && !['REGISTER', 'OPTIONS', 'SUBSCRIBE', 'PUBLISH'].includes(before.request.method)) {
    yield 'what was in flight at a restart is sent again';
  }
  switch (action.type) {
    case 'wait':
      if (action.basis === 'glare') yield* glare(action.delayMs, client, was.waits.glare, limits);
      else if (action.delayMs < limits.minWaitMs) yield `waits only ${action.delayMs} ms`;
      if (action.delayMs < (facts.response.retryAfter?.seconds ?? 0) * 1_000) yield 'waits less than Retry-After';
      return;
    case 'tryOtherServer': {
      const [first] = client.servers ?? [];
      if (action.server === (was.server ?? first)) yield 'the other server is the same';
      if (was.serversTried.includes(action.server)) yield 'a server is tried twice';
      if (!is.serversTried.includes(was.server ?? first ?? '')) yield 'the server that was left is not noted';
      return;
    }
    case 'tryOtherTarget':
      if (was.targetsTried.includes(action.uri)) yield 'a target is tried twice';
      if (!is.targetsTried.includes(action.uri)) yield 'the target is not noted';
      return;
    case 'authenticate':
      if (!hasNewNonce(before, after)) yield 'no challenge is answered that was not before';
      return;
    case 'agreeSecurity':
      if (!hasNewNonce(before, after) && !changes(before, after, ['Security-Verify'])) yield 'nothing is agreed';
      return;
    default:
      if (!changes(before, after, PLACES[action.type] ?? [])) yield 'what the response complained about is unchanged';
  }
}

/** RFC 3261 §14.1 lets who does not own the Call-ID come back at once; what bounds it is the number of rounds. */
function* glare(delayMs: number, { ownsCallId }: Client, rounds: number, limits: Limits): Generator<string> {
  if (ownsCallId === true && delayMs < 2_100) yield `waits only ${delayMs} ms, though it owns the Call-ID`;
  if (rounds >= limits.maxGlareRounds) yield `waits for glare after ${rounds} rounds`;
}

/** Where a correction must show: header fields, `uri` or `body`. */
const PLACES: { readonly [type: string]: readonly string[] } = {
  raiseInterval: ['Expires', 'Contact', 'Session-Expires', 'Min-SE'],
  shrinkBody: ['body'],
  changeContent: ['body', 'Accept', 'Content-Type'],
  changeOffer: ['body'],
  changeUri: ['uri'],
  dropExtensions: ['Require', 'Proxy-Require', 'Supported', 'Contact', 'Session-Expires'],
  addExtensions: ['Supported', 'Require'],
  addIdentity: ['Identity'],
  addReferredBy: ['Referred-By'],
  changeLocation: ['Geolocation', 'body'],
  changePriority: ['Resource-Priority'],
  raiseMaxForwards: ['Max-Forwards'],
  revealIdentity: ['From', 'Privacy'],
  republish: ['SIP-If-Match', 'body'],
  extendDigits: ['uri'],
  chooseTarget: ['uri'],
};

function changes(before: RequestRecord, after: RequestRecord, places: readonly string[]): boolean {
  return places.some((place) => partOf(before.request, place) !== partOf(after.request, place));
}

function partOf(request: SipRequest, place: string): string {
  if (place === 'uri') return request.uri;
  if (place === 'body') return request.body;
  return JSON.stringify(request.headers.filter(([name]) => name === place));
}

/** A request carries the answers to its challenges: with the same nonces it would be the same request again. */
function hasNewNonce(before: RequestRecord, after: RequestRecord): boolean {
  const spaces = before.challenges.map(({ kind, realm, nonce }) => `${kind} ${realm} ${nonce}`);
  return after.challenges.some(({ kind, realm, nonce }) => !spaces.includes(`${kind} ${realm} ${nonce}`));
}
