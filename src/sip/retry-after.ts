// Retry-After (RFC 3261 §20.33): delta-seconds, a comment, ;duration=; and the SIP-date of RFC 2543 §6.32.

import { MAX_DELTA_SECONDS, readDeltaSeconds } from './delta-seconds.js';
import { endOfComment } from './enclosure.js';
import { paramOf, readParams } from './params.js';
import { unescape } from './quoted-string.js';
import { readSipDate } from './sip-date.js';
import { splitOutside } from './split-outside.js';

/** What a Retry-After header field says. */
export interface RetryAfter {
  /** Seconds from the response to the earliest moment for a new request; 0 is valid (RFC 5626 §4.2.1). */
  readonly seconds: number;
  /** How many seconds the peer will be available from that moment on; absent means without end. */
  readonly durationSeconds?: number;
  /** The comment without its parentheses, for people. */
  readonly comment?: string;
}

/** What a date in Retry-After is counted from: the Date of the response, else the moment now (epoch milliseconds). */
export interface RetryAfterDates {
  readonly date?: string | undefined;
  readonly now?: number | undefined;
}

/**
 * Reads all Retry-After values of a response. The header field is no list; where a peer sends several rows or a comma
 * list all the same, the largest valid value counts. Undefined when none is valid.
 */
export function readRetryAfter(values: readonly string[], dates: RetryAfterDates): RetryAfter | undefined {
  let largest: RetryAfter | undefined;
  for (const text of values.flatMap(itemsOf)) {
    const read = readItem(text, dates);
    if (read !== undefined && (largest === undefined || read.seconds > largest.seconds)) largest = read;
  }
  return largest;
}

/** Splits at commas, but not at the comma of a date: a piece that is a weekday belongs to the piece behind it. */
function itemsOf(value: string): readonly string[] {
  const items: string[] = [];
  let weekday = '';
  for (const piece of splitOutside(value, ',')) {
    if (WEEKDAY.test(piece)) {
      weekday = `${piece.trim()},`;
    } else {
      items.push(weekday + piece);
      weekday = '';
    }
  }
  return items;
}

const WEEKDAY = /^\s*(?:mon|tue|wed|thu|fri|sat|sun)\s*$/i;

function readItem(text: string, dates: RetryAfterDates): RetryAfter | undefined {
  const [head = '', ...tail] = splitOutside(text, ';');
  const { rest, comment } = takeComments(head);
  const seconds = readDeltaSeconds(rest) ?? secondsUntil(rest, dates);
  if (seconds === undefined) return undefined;
  const duration = readDeltaSeconds(
    paramOf(readParams(tail.map((piece) => takeComments(piece).rest)), 'duration') ?? '',
  );
  return {
    seconds,
    ...(duration === undefined ? {} : { durationSeconds: duration }),
    ...(comment === undefined ? {} : { comment }),
  };
}

/** Takes all comments out of a value; one that is never closed reaches to the end. The first is what people read. */
function takeComments(text: string): { readonly rest: string; readonly comment: string | undefined } {
  let rest = '';
  let comment: string | undefined;
  let from = 0;
  for (let open = text.indexOf('('); open >= 0; open = text.indexOf('(', from)) {
    const end = endOfComment(text, open);
    const inside = text.slice(open + 1, end < 0 ? undefined : end);
    comment ??= unescape(inside);
    rest += `${text.slice(from, open)} `;
    from = end < 0 ? text.length : end + 1;
  }
  return { rest: rest + text.slice(from), comment };
}

function secondsUntil(text: string, dates: RetryAfterDates): number | undefined {
  const until = readSipDate(text);
  const from = (dates.date === undefined ? undefined : readSipDate(dates.date)) ?? dates.now;
  if (until === undefined || from === undefined) return undefined;
  if (until >= NEVER) return MAX_DELTA_SECONDS;
  return Math.max(0, Math.ceil((until - from) / 1000));
}

/** RFC 2543 §6.32 writes "do not call again" as the year 9999. */
const NEVER = Date.UTC(9999, 0, 1);
