// What is waited for, in words.
import { durationInWords } from '../../policy/in-words.js';
import type { WaitFor } from './send-event.js';

/** A wait as it begins: `waiting 4.33 s, as the server asked`. */
export function waitInWords(what: WaitFor, milliseconds: number): string {
  const duration = durationInWords(milliseconds);
  return what === 'call' ? `in the call for ${duration}` : `waiting ${duration}, ${WHY[what]}`;
}

/** A wait that goes on: `waiting, as the server asked: 4 s left`. */
export function leftInWords(what: WaitFor, milliseconds: number): string {
  const whole = durationInWords(Math.max(0, Math.ceil(milliseconds / 1000)) * 1000).replace(/^0 ms$/, '0 s');
  return `${what === 'call' ? 'in the call' : `waiting, ${WHY[what]}`}: ${whole} left`;
}

const WHY: { readonly [K in Exclude<WaitFor, 'call'>]: string } = {
  retryAfter: 'as the server asked',
  glare: 'because both sides changed the call at once',
  backoff: 'before the next attempt',
  line: 'for a request that must end first',
  quarantine: 'since the server is to be left alone for a while',
  ceiling: 'since there were enough requests in this minute',
  overload: 'since the server is overloaded',
  probe: 'before the next attempt to register',
};
