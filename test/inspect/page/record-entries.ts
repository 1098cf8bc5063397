// Entries of a flow, recorded from a simulation: its messages, decisions and outcomes, and every step of its charts.
import { actionInWords } from '../../../src/policy/in-words.js';
import { conditionSentences } from '../../../src/policy/condition-sentence.js';
import { rfcPolicy } from '../../../src/policy/table/index.js';
import { bundlesOf, chartOf, layOut, withoutUnreachable } from '../../../src/inspect/chart/index.js';
import type { ChartEntry, InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { changesBetween } from '../../../src/request/change.js';
import { giveUpSentences } from '../../../src/policy/reason-sentence.js';
import { readMessage } from '../../../src/sip/read-message.js';
import { simulate, type ScenarioInput, type Transcript, type TranscriptEvent } from '../../../src/simulator/index.js';

type Unnumbered = InspectorEntry extends infer E
  ? E extends { readonly seq: number }
    ? Omit<E, 'seq'>
    : never
  : never;

interface Seen {
  readonly actor: unknown;
  readonly chart: string;
  readonly edges: readonly string[];
  readonly states: readonly string[];
  readonly event: string;
  /** It ended where it began: a transcript does not tell it. */
  readonly isBack: boolean;
}

/** Runs the scenario and gives its entries, charts first. */
export async function recordEntries(scenario: ScenarioInput): Promise<readonly InspectorEntry[]> {
  const watch = new StepWatch();
  const transcript = await simulate(scenario, { inspect: (event) => watch.see(event) });
  const entries = entriesOf(transcript, watch.steps);
  const charts = await Promise.all([...watch.configs].map(([id, config]) => chartEntry(id, config)));
  return [...charts, ...entries].map((entry, seq) => ({ ...entry, seq }));
}

async function chartEntry(id: string, config: unknown): Promise<ChartEntry> {
  const model = withoutUnreachable(chartOf(config));
  return { type: 'chart', id, model, layout: await layOut(model, bundlesOf(model)) };
}

/** The steps of all charts, in order, as XState tells them. */
class StepWatch {
  readonly steps: Seen[] = [];
  readonly configs = new Map<string, unknown>();
  readonly #states = new Map<unknown, string>();
  #edges: string[] = [];

  see(event: { readonly type: string }): void {
    const told = event as unknown as Told;
    if (event.type === '@xstate.microstep') this.#edges.push(...(told._transitions ?? []).map(edgeOf));
    if (event.type !== '@xstate.snapshot' || told.snapshot?._nodes === undefined) return;
    const states = told.snapshot._nodes.map(({ path }) => path.join('.')).filter((path) => path !== '');
    const { id, config } = told.actorRef.logic;
    const key = states.join();
    const edges = this.#edges;
    this.#edges = [];
    if (!this.configs.has(id)) this.configs.set(id, config);
    const { type: name = '' } = told.event ?? {};
    const step = {
      actor: told.actorRef,
      chart: id,
      edges,
      states,
      event: name,
      isBack: this.#states.get(told.actorRef) === key,
    };
    this.#states.set(told.actorRef, key);
    if (!step.isBack || edges.length > 0) this.steps.push(step);
  }
}

interface Told {
  readonly event?: { readonly type: string };
  readonly actorRef: { readonly logic: { readonly id: string; readonly config: unknown } };
  readonly snapshot?: { readonly _nodes?: readonly { readonly path: readonly string[] }[] };
  readonly _transitions?: readonly Transition[];
}

interface Transition {
  readonly eventType: string;
  readonly source: {
    readonly path: readonly string[];
    readonly always?: readonly unknown[];
    readonly transitions: ReadonlyMap<string, readonly unknown[]>;
  };
}

function edgeOf(transition: Transition): string {
  const { source, eventType } = transition;
  const place = (eventType === '' ? source.always : source.transitions.get(eventType))?.indexOf(transition) ?? -1;
  return `${source.path.join('.')}:${eventType}:${place}`;
}

function entriesOf({ events, startedAt }: Transcript, steps: readonly Seen[]): readonly Unnumbered[] {
  const names = new Map<unknown, string>();
  let step = 0;
  return events.flatMap((event, index): readonly Unnumbered[] => {
    const at = startedAt + event.at;
    switch (event.type) {
      case 'state': {
        const { chart = '', edges = [], states = [], actor: ref } = steps[step++] ?? {};
        const { actor } = event;
        const isNew = !names.has(ref);
        names.set(ref, actor);
        const told: Unnumbered[] = isNew
          ? [{ type: 'actor', at, actor, name: actor, chart, states }]
          : [{ type: 'step', at, actor, event: event.event, edges, states }];
        for (let next = steps[step]; next?.isBack === true; next = steps[++step]) {
          const name = names.get(next.actor);
          if (name !== undefined)
            told.push({ type: 'step', at, actor: name, event: next.event, edges: next.edges, states: next.states });
        }
        return told;
      }
      case 'message': {
        const { from, to, summary, text, lost } = event;
        return [{ type: 'message', at, from, to, summary, text, lost: lost !== undefined }];
      }
      case 'wait':
        return event.until === null
          ? []
          : [{ type: 'timer', at, actor: `request ${event.request}`, name: event.for, until: startedAt + event.until }];
      case 'decision':
        return [decisionEntry(event, at, events.slice(0, index), events.slice(index))];
      case 'outcome': {
        const { outcome, status, reason, cite, attempts } = event;
        return [
          {
            type: 'outcome',
            at,
            actor: `request ${event.request}`,
            outcome,
            status,
            reason,
            cite: cite ?? [],
            attempts,
          },
        ];
      }
      case 'party':
        return [{ type: 'note', at, text: `${event.party} ${event.does}` }];
      default:
        return [];
    }
  });
}

function decisionEntry(
  decision: Extract<TranscriptEvent, { type: 'decision' }>,
  at: number,
  before: readonly TranscriptEvent[],
  after: readonly TranscriptEvent[],
): Unnumbered {
  const { status, treatedAs, action, rule, cite, trace, attempt, delayMs, request } = decision;
  const last = requestIn([...before].reverse(), request);
  const next = requestIn(after, request);
  const why =
    action.type === 'giveUp'
      ? giveUpSentences[action.reason]
      : ((
          rfcPolicy.entries[rule.split('#')[0] as never] as
            { rules?: readonly { when?: readonly (keyof typeof conditionSentences)[] }[] } | undefined
        )?.rules?.[Number(rule.split('#')[1]) - 1]?.when
          ?.map((name) => conditionSentences[name])
          .join('; ') ?? 'no earlier row applies');
  return {
    type: 'decision',
    at,
    actor: `request ${request}`,
    attempt,
    status,
    treatedAs,
    action: actionInWords(action),
    why,
    rule,
    cite,
    trace,
    delayMs,
    changes: last === undefined || next === undefined || action.type === 'accept' ? [] : changesBetween(last, next),
  };
}

function requestIn(events: readonly TranscriptEvent[], request: string) {
  for (const event of events) {
    if (event.type !== 'message' || event.request !== request || event.from !== 'uac') continue;
    const read = readMessage(event.text);
    if (read.kind === 'request' && read.request.method !== 'ACK') return read.request;
  }
  return undefined;
}
