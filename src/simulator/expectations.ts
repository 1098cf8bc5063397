// Whether a simulation went as its scenario expects.
import { readMessage } from '../sip/read-message.js';
import type { SipRequest } from '../sip/message.js';
import { holds } from './holds.js';
import { UAC } from './recorder.js';
import { requestIds } from './request-ids.js';
import {
  checked,
  checkedAmount,
  decisionWords,
  inMs,
  matches,
  wantedWords,
  type CheckedExpectation,
} from './checked-expectation.js';
import type { Condition, Expectation, Scenario, ScenarioInput } from './scenario.js';
import type { DecisionEvent, OutcomeEvent, PassingMessage, Transcript, TranscriptCounts } from './transcript.js';
import { requireScenario } from './read-scenario.js';

/**
 * Every expectation of the scenario in turn; none for a scenario that expects nothing.
 * @throws SipRetryError `badScenario` for a scenario that is none.
 */
export function checkExpectations(input: ScenarioInput, transcript: Transcript): readonly CheckedExpectation[] {
  const scenario = requireScenario(input);
  const { expect } = scenario;
  if (expect === undefined) return [];
  const run = new Run(scenario, transcript);
  return [
    ...run.outcomes(expect),
    ...run.decisions(expect),
    ...run.messages(expect),
    ...run.gaps(expect),
    ...run.counts(expect),
  ];
}

type Gap = NonNullable<Expectation['noEarlierThan']>[number];

class Run {
  readonly #transcript: Transcript;
  readonly #first: string;

  constructor(scenario: Scenario, transcript: Transcript) {
    this.#transcript = transcript;
    this.#first = requestIds(scenario)[0] ?? '';
  }

  outcomes({ outcome, status, reason, attempts, within }: Expectation): readonly CheckedExpectation[] {
    const wanted = typeof outcome === 'string' ? { [this.#first]: outcome } : (outcome ?? {});
    const first = this.#outcomeOf(this.#first);
    return [
      ...Object.entries(wanted).map(([id, name]) =>
        checked(
          `the outcome of "${id}" is ${name}`,
          this.#outcomeOf(id)?.outcome === name,
          this.#outcomeOf(id)?.outcome,
        ),
      ),
      ...(status === undefined
        ? []
        : [checked(`the last status of "${this.#first}" is ${status}`, first?.status === status, first?.status)]),
      ...(reason === undefined
        ? []
        : [checked(`"${this.#first}" is given up for ${reason}`, first?.reason === reason, first?.reason)]),
      ...(attempts === undefined ? [] : [checkedAmount(`attempts of "${this.#first}"`, attempts, first?.attempts)]),
      ...(within === undefined ? [] : [this.#within(within)]),
    ];
  }

  decisions({ decisions }: Expectation): readonly CheckedExpectation[] {
    if (decisions === undefined) return [];
    const made = this.#decisions();
    return [
      checkedAmount('decisions listed', decisions.length, made.length),
      ...decisions.map((wanted, index) => {
        const found = made[index];
        const is = found !== undefined && matches(wanted, found);
        return checked(`decision ${index + 1} is ${wantedWords(wanted)}`, is, found && decisionWords(found));
      }),
    ];
  }

  messages({ sent = [], neverSent = [] }: Expectation): readonly CheckedExpectation[] {
    const requests = this.#sent().flatMap(requestOf);
    let from = 0;
    const inOrder = sent.map((condition, index) => {
      const at = requests.findIndex((request, place) => place >= from && holds(condition, request));
      const isThere = from >= 0 && at >= 0;
      from = isThere ? at + 1 : from;
      return checked(
        `request ${index + 1} that is sent is ${JSON.stringify(condition)}`,
        isThere,
        'not sent in this order',
      );
    });
    const never = neverSent.map((condition: Condition) => {
      const found = requests.find((request) => holds(condition, request));
      return checked(
        `${JSON.stringify(condition)} is never sent`,
        found === undefined,
        found && `${found.method} ${found.uri}`,
      );
    });
    return [...inOrder, ...never];
  }

  gaps({ noEarlierThan = [], noLaterThan = [] }: Expectation): readonly CheckedExpectation[] {
    return [
      ...noEarlierThan.map((gap) => {
        const found = this.#gapBefore(gap);
        const words = `attempt ${gap.attempt} of "${this.#idOf(gap)}" comes ${gap.after} ms after the response, or later`;
        return checked(words, found !== undefined && found >= gap.after, inMs(found));
      }),
      ...noLaterThan.map((gap) => {
        const found = this.#gapBefore(gap);
        const words = `attempt ${gap.attempt} of "${this.#idOf(gap)}" comes ${gap.after} ms after the response, or earlier`;
        return checked(words, found !== undefined && found <= gap.after, inMs(found));
      }),
    ];
  }

  counts({ counts = {} }: Expectation): readonly CheckedExpectation[] {
    return COUNTED.flatMap((name) => {
      const wanted = counts[name];
      return wanted === undefined ? [] : [checkedAmount(`count "${name}"`, wanted, this.#transcript.counts[name])];
    });
  }

  #outcomeOf(id: string): OutcomeEvent | undefined {
    return this.#transcript.events
      .filter((event) => event.type === 'outcome')
      .findLast(({ request }) => request === id);
  }

  /** Of the scenario's own requests; what calls send by themselves does not count. */
  #decisions(): readonly DecisionEvent[] {
    return this.#transcript.events
      .filter((event) => event.type === 'decision')
      .filter(({ request }) => !request.includes('/'));
  }

  /** What the UAC sent, without retransmissions. */
  #sent(): readonly PassingMessage[] {
    return this.#transcript.events
      .filter((event) => event.type === 'message')
      .filter(({ from, retransmission }) => from === UAC && !retransmission);
  }

  #within(ms: number): CheckedExpectation {
    const ends = this.#transcript.events.filter((event) => event.type === 'outcome').map(({ at }) => at);
    const last = ends.length === 0 ? undefined : Math.max(...ends);
    return checked(`everything has ended within ${ms} ms`, last !== undefined && last <= ms, inMs(last));
  }

  #idOf({ request = this.#first }: Gap): string {
    return request;
  }

  /** From what ended the attempt before to the sending of this one. */
  #gapBefore(gap: Gap): number | undefined {
    const id = this.#idOf(gap);
    const { events } = this.#transcript;
    const decisions = events.filter((event) => event.type === 'decision').filter(({ request }) => request === id);
    const before = decisions.find(({ attempt }) => attempt === gap.attempt - 1);
    if (before === undefined) return undefined;
    // What is sent inside a call belongs to the request that began it.
    const [whole, method = ''] = id.split('/');
    const next = events.slice(events.indexOf(before) + 1).find((event) => {
      if (event.type !== 'message' || event.from !== UAC || event.request !== whole || event.retransmission)
        return false;
      return event.text.startsWith(method) && !/^(?:SIP\/2\.0|ACK|CANCEL) /.test(event.text);
    });
    return next === undefined ? undefined : next.at - before.at;
  }
}

const COUNTED: readonly (keyof TranscriptCounts)[] = [
  'sent',
  'received',
  'retransmitted',
  'lost',
  'decisions',
  'transactions',
];

function requestOf({ text }: PassingMessage): readonly SipRequest[] {
  const read = readMessage(text);
  return read.kind === 'request' ? [read.request] : [];
}
