// What `send` answers when the policy asks: what the command line has given, else the person at the terminal.
import type { Question } from '../../../machines/driver-event.js';
import type { Client } from '../../policy/facts.js';
import type { Answer, Body } from '../../request/materials.js';
import { readMediaType } from '../../sip/media-type.js';
import { octetLength } from '../../sip/octets.js';
import { parseUri } from '../../sip/uri.js';
import type { Io } from '../io.js';
import { visible } from '../visible.js';
import type { SendPlan } from './send-plan.js';

/** What the policy may know of the answers beforehand: nothing is asked that nobody can answer. */
export function answerableBy(plan: SendPlan, { ask }: Io): Client {
  const isPersonThere = ask !== undefined;
  const bodies = plan.alternativeBodies.map(({ type, content }) => ({ type, length: octetLength(content) }));
  return {
    supported: plan.supported,
    bodies,
    ...(isPersonThere ? {} : { digitsLeft: plan.moreDigits.length }),
  };
}

/** Answers each question, the digits and bodies of the command line first. */
export function answersOf(
  plan: SendPlan,
  io: Io,
): (question: Question) => Answer | undefined | Promise<Answer | undefined> {
  const digits = [...plan.moreDigits];
  let bodies = plan.alternativeBodies;
  return (question) => {
    const { action } = question;
    switch (action.type) {
      case 'extendDigits': {
        const next = digits.shift();
        return next === undefined ? askDigits(action.dialled, io) : { digits: next };
      }
      case 'chooseTarget':
        return askTarget(action.choices, io);
      case 'shrinkBody':
      case 'changeContent':
      case 'changeOffer': {
        const body = fittingBody(question, bodies, plan.body);
        bodies = bodies.filter((other) => other !== body);
        return body === undefined ? undefined : { body };
      }
      case 'revealIdentity':
        return askYes('The called party accepts no anonymous requests. Tell who you are? (y/n) ', io);
      default:
        return undefined;
    }
  };
}

async function askDigits(dialled: string, { ask }: Io): Promise<Answer | undefined> {
  const digits = await ask?.(`${visible(dialled)} is not complete. More digits: `, false);
  return digits === undefined || !/^[0-9*#A-Da-d]+$/.test(digits) ? undefined : { digits };
}

async function askTarget(choices: readonly string[], { ask }: Io): Promise<Answer | undefined> {
  if (ask === undefined) return undefined;
  const listed = choices.map((uri, index) => `  ${index + 1}  ${visible(uri)}\n`).join('');
  const answer = await ask(`Several addresses are possible:\n${listed}Which one? `, false);
  const target = choices[Number(answer) - 1] ?? choices.find((uri) => uri === answer);
  return target === undefined || parseUri(target) === undefined ? undefined : { target };
}

async function askYes(question: string, { ask }: Io): Promise<Answer | undefined> {
  return /^y(?:es)?$/i.test((await ask?.(question, false)) ?? '') ? {} : undefined;
}

/** The first body that is what the response asks for: of an accepted type, smaller, or another one of the same type. */
function fittingBody({ action }: Question, bodies: readonly Body[], present: Body | undefined): Body | undefined {
  switch (action.type) {
    case 'changeContent': {
      const { accept } = action;
      return bodies.find(({ type }) => accept.length === 0 || accept.some((range) => isInRange(type, range)));
    }
    case 'shrinkBody':
      return bodies.find(({ content }) => octetLength(content) < octetLength(present?.content ?? ''));
    default:
      return bodies.find(({ type }) => typeOf(type) === typeOf(present?.type ?? type));
  }
}

function isInRange(type: string, range: string): boolean {
  const wanted = typeOf(range);
  const [group] = wanted.split('/');
  return (
    wanted === '*/*' || wanted === typeOf(type) || (wanted.endsWith('/*') && typeOf(type).startsWith(`${group ?? ''}/`))
  );
}

function typeOf(written: string): string {
  return readMediaType(written)?.type ?? written.trim().toLowerCase();
}
