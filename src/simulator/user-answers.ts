// What the simulated user answers when the policy asks, and after how long.
import type { Question } from '../../machines/driver-event.js';
import type { Client } from '../policy/facts.js';
import type { Answer, Body } from '../request/materials.js';
import { accepts, readAcceptList } from '../sip/accept.js';
import { readMediaType } from '../sip/media-type.js';
import { octetLength } from '../sip/octets.js';
import type { WrittenAnswers } from './scenario.js';
import { bodyOf, headersOf } from './written-parts.js';

/** An answer, and what it is in words. */
export interface GivenAnswer {
  readonly answer: Answer;
  readonly words: string;
}

/** What the policy may know of the answers beforehand. */
export function answerableBy(answers: WrittenAnswers = {}): Client {
  const bodies = (answers.bodies ?? [])
    .map(bodyOf)
    .map(({ type, content }) => ({ type, length: octetLength(content) }));
  return {
    ...(bodies.length === 0 ? {} : { bodies }),
    digitsLeft: answers.digits?.length ?? 0,
    ...(answers.confirm?.includes('addIdentity') === true ? { canSign: true } : {}),
  };
}

/** Answers each question as the scenario says; `undefined` where it says nothing. */
export function answeringUser(
  { digits = [], target, bodies = [], headers, confirm = [] }: WrittenAnswers,
  present: string,
): (question: Question) => GivenAnswer | undefined {
  const digitsLeft = [...digits];
  let bodiesLeft: readonly Body[] = bodies.map(bodyOf);
  return ({ for: what, action }) => {
    switch (what) {
      case 'digits': {
        const next = digitsLeft.shift();
        return next === undefined ? undefined : { answer: { digits: next }, words: `dials ${next}` };
      }
      case 'target':
        return target === undefined ? undefined : { answer: { target }, words: `chooses ${target}` };
      case 'body': {
        const body = fitting(bodiesLeft, action, present);
        bodiesLeft = bodiesLeft.filter((other) => other !== body);
        return body === undefined ? undefined : { answer: { body }, words: `gives another body, ${body.type}` };
      }
      case 'headers': {
        const rows = headersOf(headers);
        if (rows.length === 0) return undefined;
        return { answer: { headers: rows }, words: `gives ${rows.map(([name]) => name).join(', ')}` };
      }
      case 'confirmation': {
        const name = action.type === 'custom' ? action.name : action.type;
        return confirm.includes(name) ? { answer: {}, words: 'agrees' } : undefined;
      }
    }
  };
}

/** The first body that is what the response asked for. */
function fitting(bodies: readonly Body[], action: Question['action'], present: string): Body | undefined {
  switch (action.type) {
    case 'shrinkBody':
      return bodies.find(({ content }) => octetLength(content) < octetLength(present));
    case 'changeContent': {
      const { accept } = action;
      if (accept.length === 0) return bodies[0];
      const ranges = readAcceptList([...accept]);
      return bodies.find(({ type }) => accepts(ranges, typeOf(type)));
    }
    default:
      return bodies[0];
  }
}

function typeOf(written: string): string {
  return readMediaType(written)?.type ?? written.trim().toLowerCase();
}
