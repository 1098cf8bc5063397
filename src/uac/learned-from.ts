// Listening to one request so that the next one knows what it learned.
import type { SipRequest } from '../sip/message.js';
import type { LearnedStore } from './learned.js';
import type { UacRequest } from './uac-request.js';

/**
 * Notes what this request learns, for as long as it lives. Requests of `createUacRequest` do so by themselves, in the store
 * of their core.
 * @param original the request before `applyLearned`: a move that leads to nowhere is forgotten under its address.
 */
export function learnFrom(uac: Pick<UacRequest, 'on'>, original: SipRequest, learned: LearnedStore): void {
  let sent = original;
  const dropped: string[] = [];
  uac.on('send', ({ request }) => {
    sent = request;
  });
  uac.on('decision', ({ decision }) => {
    learned.noteDecision(sent, decision);
    if (decision.action.type === 'dropExtensions') dropped.push(...decision.action.tags);
  });
  uac.on('done', ({ outcome }) => {
    if (outcome.type === 'accepted') {
      learned.noteAccepted(sent, outcome.response);
      // What nobody has accepted without them was perhaps not about the extensions.
      learned.noteUnsupported(original, dropped, outcome.response);
    }
    if (outcome.type === 'gaveUp' && DEAD_ENDS.has(outcome.reason)) learned.forgetMove(original.uri);
  });
}

/** One forged 301 must not make an address unreachable for longer than one request. */
const DEAD_ENDS: ReadonlySet<string> = new Set([
  'notFound',
  'gone',
  'refused',
  'forbidden',
  'noAnswer',
  'noServerLeft',
  'unavailable',
  'downgradeRefused',
]);
