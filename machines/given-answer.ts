// An answer that the application gives: whether its parts are what a request is written from.
import type { Answer, Body } from '../src/request/materials.js';
import { requireKind, requireOptions, type Shape } from './given.js';

const answerShape: Shape<Answer> = { digits: 'text', target: 'text', body: 'any', headers: 'rows' };
const bodyShape: Shape<Body> = { type: 'text', content: 'text', headers: 'rows' };

/** The answer itself. @throws SipRetryError `badOptions` for what is none. */
export function requireAnswer(answer: Answer): Answer {
  requireOptions(answer, answerShape, 'answer');
  const { body } = answer;
  if (body === undefined || body === null) return answer;
  requireOptions(body, bodyShape, 'answer.body');
  // Without these two there is no Content-Type to write, or nothing under it (RFC 3261 §7.4.1).
  requireKind(body, { type: 'text', content: 'text' }, 'answer.body');
  return answer;
}
