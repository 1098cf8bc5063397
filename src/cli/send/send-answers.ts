// What `send` answers when the policy asks: what the command line has given, else the person at the terminal.
import type { Question } from '../../../machines/driver-event.js';
import type { Client } from '../../policy/facts.js';
import type { Answer, Body } from '../../request/materials.js';
import { readMediaType } from '../../sip/media-type.js';
import { octetLength } from '../../sip/octets.js';
import { parseUri } from '../../sip/uri.js';
import type { Io } from '../io.js';
import { visible } from '../../sip/visible.js';
import { isDigits, type SendPlan } from './send-plan.js';

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
      case 'republish':
        // RFC 3903 §5: an initial PUBLISH needs the full state, and that is what the command line gave.
        return plan.body === undefined ? undefined : { body: plan.body };
      case 'revealIdentity':
        return askYes('The called party accepts no anonymous requests. Tell who you are? (y/n) ', io);
      default:
        return undefined;
    }
  };
}

function askDigits(dialled: string, { ask }: Io): Promise<Answer | undefined> {
  const question = `${visible(dialled)} is not complete. More digits (Enter: give up): `;
  return askUntil(ask, question, (answer) => (isDigits(answer) ? { digits: answer } : undefined));
}

/** Asks again while the answer is none; an empty line gives up. */
async function askUntil(
  ask: Io['ask'],
  question: string,
  read: (answer: string) => Answer | undefined,
): Promise<Answer | undefined> {
  for (let asked = question; ; asked = `That is none of them. ${question}`) {
    const answer = await ask?.(asked, false);
    if (answer === undefined) return undefined;
    const found = read(answer.trim());
    if (found !== undefined) return found;
  }
}

function askTarget(choices: readonly string[], { ask }: Io): Promise<Answer | undefined> {
  const listed = choices.map((uri, index) => `  ${index + 1}  ${visible(uri)}\n`).join('');
  const question = `Several addresses are possible:\n${listed}Which one (Enter: none)? `;
  return askUntil(ask, question, (answer) => {
    const target = choices[Number(answer) - 1] ?? choices.find((uri) => uri === answer);
    return target === undefined || parseUri(target) === undefined ? undefined : { target };
  });
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
