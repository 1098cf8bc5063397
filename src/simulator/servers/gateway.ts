// A gateway with a dial plan: digits are taken as they are dialled (RFC 3578, RFC 3261 §21.4.22).
import { parseUri } from '../../sip/uri.js';
import { isInDialog } from '../holds.js';
import type { BehaviourOf, ScriptStep } from '../scenario.js';
import type { ServingMeans } from './behaviour.js';
import { scriptServing } from './script.js';
import { answerWith, delayed, type Service, type Serving } from './service.js';

const ANSWERED: readonly ScriptStep[] = [
  { status: 180, times: 'always', when: { method: 'INVITE' } },
  { status: 200, after: 2_000, times: 'always' },
];

/** 484 for the beginning of a number, 404 for what is none. */
export function gatewayServing(
  { numbers, then, after = 0 }: BehaviourOf<'gateway'>,
  { name, path }: ServingMeans,
): Serving {
  const behind = scriptServing(then ?? ANSWERED, name, [...path, 'then']);
  const plan = numbers.map(plainDigits);
  return {
    serve(request, moment): Service {
      const dialled = plainDigits(numberOf(request.uri));
      if (isInDialog(request) || plan.includes(dialled)) return delayed(behind.serve(request, moment), after);
      return answerWith(plan.some((number) => number.startsWith(dialled)) ? 484 : 404, [], after);
    },
    answersBye: (request) => behind.answersBye?.(request) === true,
  };
}

function numberOf(uri: string): string {
  const parsed = parseUri(uri);
  const number = parsed?.scheme === 'tel' ? parsed.host : (parsed?.user ?? '');
  return number.split(';', 1)[0] ?? '';
}

/** Without the visual separators (RFC 3966 §3). */
function plainDigits(number: string): string {
  return number.replace(/[().-]/g, '').toUpperCase();
}
