// What the application would answer when it is asked, as the configuration says it.
import type { Action, AskFor } from '../policy/action.js';
import type { Facts } from '../policy/facts.js';
import type { Answer, Body } from '../request/materials.js';
import { accepts } from '../sip/accept.js';
import { readMediaType } from '../sip/media-type.js';
import { octetLength } from '../sip/octets.js';
import type { SipRequest } from '../sip/message.js';

/** The answers of a configuration; absent members are questions that nobody answers. */
export interface Answers {
  /** One for each time that more digits are asked for. */
  readonly digits?: readonly string[];
  readonly target?: string;
  /** Best first. */
  readonly bodies?: readonly Body[];
  /** Types of actions, and names of custom ones, that the person confirms. */
  readonly confirm?: readonly string[];
}

/** The answer to a question; `undefined` when nobody answers it. */
export function answerTo(
  asking: AskFor,
  action: Action,
  request: SipRequest,
  facts: Facts,
  answers: Answers,
): Answer | undefined {
  switch (asking) {
    case 'credentials':
      // Credentials known or not is a fact: the decision would have been to give up. Unknown ones must be asked for.
      return facts.client.credentials === undefined ? undefined : {};
    case 'digits':
      return answerWith('digits', answers.digits?.[facts.history.taken.extendDigits ?? 0]);
    case 'target':
      return answerWith('target', answers.target);
    case 'body':
      return answerWith('body', bodyFor(action, request, facts, answers.bodies ?? []));
    case 'confirmation':
      return answers.confirm?.includes(action.type === 'custom' ? action.name : action.type) === true ? {} : undefined;
    case 'headers':
      return undefined;
  }
}

function answerWith<K extends keyof Answer>(member: K, value: Answer[K] | undefined): Answer | undefined {
  return value === undefined ? undefined : { [member]: value };
}

/** The first body that is another answer to what the response complained about; else one that is not, and will not help. */
function bodyFor(action: Action, request: SipRequest, facts: Facts, bodies: readonly Body[]): Body | undefined {
  const others = bodies.filter(
    ({ type, content }) => content !== request.body || typeOf(type) !== facts.request.contentType,
  );
  return bestOf(others, action, facts) ?? bestOf(bodies, action, facts);
}

function bestOf(bodies: readonly Body[], action: Action, { request, response }: Facts): Body | undefined {
  const isSameType = ({ type }: Body): boolean => typeOf(type) === request.contentType;
  switch (action.type) {
    case 'shrinkBody':
      return bodies.find(({ content }) => content !== '' && octetLength(content) < request.bodyLength);
    case 'changeContent': {
      const { accept } = response;
      const fitting = bodies.filter(({ type }) => accept === undefined || accepts(accept, typeOf(type)));
      return fitting.find((body) => !isSameType(body)) ?? fitting[0];
    }
    default:
      return bodies.find(isSameType) ?? bodies[0];
  }
}

function typeOf(written: string): string {
  return readMediaType(written)?.type ?? written.trim().toLowerCase();
}
