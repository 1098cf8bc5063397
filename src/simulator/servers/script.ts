// A server that answers as its script says, step by step.
import type { SipRequest } from '../../sip/message.js';
import { holds } from '../holds.js';
import { ScenarioFault, type ScenarioPath } from '../scenario-fault.js';
import type { ScriptStep } from '../scenario.js';
import { bodyOf, headersOf } from '../written-parts.js';
import type { Answer, OwnRequest, Service, Serving } from './service.js';

interface Entry {
  readonly step: ScriptStep;
  /** How many more requests it answers. */
  left: number;
}

/**
 * A request takes the first step that is left and whose `when` it meets, and after a provisional answer the steps that
 * follow, to a final one. A BYE that no step is left for is accepted: nobody writes it down.
 *
 * @param path where the script stands in the scenario.
 */
export function scriptServing(steps: readonly ScriptStep[], name: string, path: ScenarioPath): Serving {
  const entries: readonly Entry[] = steps.map((step) => ({ step, left: timesOf(step) }));
  let requests = 0;

  const isFor = ({ step: { when } }: Entry, request: SipRequest): boolean => when === undefined || holds(when, request);

  const take = (from: number, request: SipRequest): number => {
    for (let at = from; at < entries.length; at += 1) {
      const entry = entries[at];
      if (entry === undefined || entry.left === 0 || !isFor(entry, request)) continue;
      const { until, send } = entry.step;
      // What the server sends by itself answers nothing.
      if (send !== undefined) continue;
      if (until !== undefined && holds(until, request)) {
        entry.left = 0;
        continue;
      }
      entry.left -= 1;
      return at;
    }
    return -1;
  };

  return {
    answersBye: (request) =>
      entries.some((entry) => entry.left > 0 && entry.step.when !== undefined && isFor(entry, request)),
    serve(request): Service {
      requests += 1;
      const answers: Answer[] = [];
      let at = take(0, request);
      for (;;) {
        const step = entries[at]?.step;
        if (step === undefined) break;
        if (step.silence === true) return answers.length === 0 ? { kind: 'silence' } : { kind: 'answers', answers };
        answers.push(answerOf(step));
        if ((step.status ?? 0) >= 200) return { kind: 'answers', answers, then: ownRequests(entries, at + 1) };
        at = take(at + 1, request);
      }
      if (request.method === 'BYE' && answers.length === 0) {
        return { kind: 'answers', answers: [{ status: 200, headers: [], afterMs: 0 }] };
      }
      const what = answers.length === 0 ? 'no step is left' : 'no final answer is left';
      throw new ScenarioFault(
        path,
        `the script of the server "${name}" ends before the call does: ${what} for its request ${requests}, ${request.method} ${request.uri}`,
        'one more step, or a last one with "times: always"',
      );
    },
  };
}

function timesOf({ times, until }: ScriptStep): number {
  if (times === undefined) return until === undefined ? 1 : Infinity;
  return times === 'always' ? Infinity : times;
}

function answerOf({ status = 200, reason, headers, body, after = 0 }: ScriptStep): Answer {
  return {
    status,
    reason,
    headers: headersOf(headers),
    ...(body === undefined ? {} : { body: bodyOf(body) }),
    afterMs: after,
  };
}

/** The requests of the server's own that stand right behind a final answer; each is sent once. */
function ownRequests(entries: readonly Entry[], from: number): readonly OwnRequest[] {
  const own: OwnRequest[] = [];
  for (const entry of entries.slice(from)) {
    const { send, headers, body, after = 0 } = entry.step;
    if (send === undefined) break;
    if (entry.left === 0) continue;
    entry.left -= 1;
    own.push({
      send,
      headers: headersOf(headers),
      afterMs: after,
      ...(body === undefined ? {} : { body: bodyOf(body) }),
    });
  }
  return own;
}
