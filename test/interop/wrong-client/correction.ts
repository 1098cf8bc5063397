// What the wrong client changes after each status code, if none of its habits is in the way.
import type { Habits } from './habit.js';
import { header, statusOf, uriOf, withHeader, withUri, type Message } from './message.js';
import type { Body, Plan } from './plan.js';

export interface Correction {
  readonly request: Message;
  readonly waitMs?: number;
  /** A new call, or the next server of the set. */
  readonly as?: 'retry' | 'fresh' | 'nextServer';
}

export interface Situation {
  readonly plan: Plan;
  readonly habits: Habits;
  /** How often digits were added. */
  readonly rounds: number;
}

/** `undefined`: it gives up. */
export function correct(request: Message, response: Message, situation: Situation): Correction | undefined {
  const { plan, habits } = situation;
  const retryAfter = header(response, 'Retry-After');
  const waitMs = Number.parseInt(retryAfter ?? '0', 10) * 1000;
  const isInDialog = /tag=/.test(header(request, 'To') ?? '');
  switch (statusOf(response)) {
    case 302:
      return { request: withUri(request, targetOf(response, habits.has('worstTarget'))) };
    case 408:
      return { request, waitMs: 3000 };
    case 412:
      return { request: withHeader(request, 'SIP-If-Match', undefined) };
    case 413:
      if (retryAfter !== undefined) return { request, waitMs };
      return withBody(request, plan.alternatives[0]);
    case 415:
    case 488:
      return withBody(request, plan.alternatives[0]);
    case 416:
      return { request: withUri(request, `${uriOf(request).replace(/^tel:/, 'sip:')}@127.0.0.1;user=phone`) };
    case 420:
      return { request: withoutTags(request, header(response, 'Unsupported') ?? '', habits.has('dropsEverything')) };
    case 421:
      return { request: addSupported(request, header(response, 'Require') ?? '') };
    case 422:
      return { request: raiseSession(request, header(response, 'Min-SE') ?? '', habits) };
    case 423: {
      const least = header(response, 'Min-Expires') ?? '';
      return { request: withHeader(request, 'Expires', habits.has('lowersInterval') ? '30' : least) };
    }
    case 480:
    case 486:
      return retryAfter === undefined ? undefined : { request, waitMs, as: 'fresh' };
    case 484:
      return moreDigits(request, plan.digits[situation.rounds]);
    case 491:
      return isInDialog ? { request, waitMs: 3000 } : undefined;
    case 500:
      return { request, waitMs };
    case 503:
      return { request, as: 'nextServer' };
    default:
      return undefined;
  }
}

function targetOf(response: Message, worst: boolean): string {
  const targets = [...(header(response, 'Contact') ?? '').matchAll(/<([^>?]*)[^>]*>/g)].map(([, uri = '']) => uri);
  return (worst ? targets.at(-1) : targets[0]) ?? '';
}

function withBody(request: Message, body: Body | undefined): Correction | undefined {
  if (body === undefined) return undefined;
  return { request: { ...withHeader(request, 'Content-Type', body.type), body: body.content } };
}

function withoutTags(request: Message, refused: string, everything: boolean): Message {
  const kept = (header(request, 'Require') ?? '').split(/\s*,\s*/).filter((tag) => tag !== refused && !everything);
  return withHeader(request, 'Require', kept.length === 0 ? undefined : kept.join(', '));
}

function addSupported(request: Message, tag: string): Message {
  const before = header(request, 'Supported');
  return withHeader(request, 'Supported', before === undefined ? tag : `${before}, ${tag}`);
}

function raiseSession(request: Message, least: string, habits: Habits): Message {
  const seconds = habits.has('lowersInterval') ? '45' : least;
  return withHeader(withHeader(request, 'Session-Expires', seconds), 'Min-SE', seconds);
}

function moreDigits(request: Message, digits: string | undefined): Correction | undefined {
  if (digits === undefined) return undefined;
  const longer = withUri(request, uriOf(request).replace('@', `${digits}@`));
  return { request: withHeader(longer, 'To', (header(request, 'To') ?? '').replace('@', `${digits}@`)) };
}
