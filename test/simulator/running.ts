// Runs scenarios in tests, and reads their transcripts.
import { checkExpectations } from '../../src/simulator/expectations.js';
import type { ScenarioInput } from '../../src/simulator/scenario.js';
import { simulate, type SimulateOptions } from '../../src/simulator/simulate.js';
import type { DecisionEvent, OutcomeEvent, PassingMessage, Transcript } from '../../src/simulator/transcript.js';

type Server = ScenarioInput['servers'][number];
type Request = ScenarioInput['requests'][number];

export const register: Request = { method: 'REGISTER', uri: 'sip:example.com', expires: 300 };
export const invite: Request = { method: 'INVITE', uri: 'sip:bob@example.com' };
export const options: Request = { method: 'OPTIONS', uri: 'sip:example.com' };

/** A server of example.com. */
export function server(name: string, parts: Omit<Server, 'name' | 'host'>, host = '192.0.2.10'): Server {
  return { name, host, domain: 'example.com', ...parts };
}

export const alice = { realm: 'example.com', username: 'alice', password: 'wonderland' };

/** A scenario of one request and one server. */
export function scenarioOf(request: Request, parts: Omit<Server, 'name' | 'host'>): ScenarioInput {
  return { uac: { credentials: [alice] }, requests: [request], servers: [server('server', parts)] };
}

export async function run(scenario: ScenarioInput, how: SimulateOptions = {}): Promise<Told> {
  const transcript = await simulate(scenario, how);
  return { transcript, ...readTranscript(transcript), checks: checkExpectations(scenario, transcript) };
}

export type Told = ReturnType<typeof readTranscript> & {
  readonly transcript: Transcript;
  readonly checks: ReturnType<typeof checkExpectations>;
};

function readTranscript(transcript: Transcript) {
  const messages = transcript.events.filter((event): event is PassingMessage => event.type === 'message');
  const decisions = transcript.events.filter((event): event is DecisionEvent => event.type === 'decision');
  const outcomes = transcript.events.filter((event): event is OutcomeEvent => event.type === 'outcome');
  return {
    messages,
    decisions,
    outcomes,
    /** `0 uac>server REGISTER sip:example.com`, each message in order. */
    ladder: messages.map(({ at, from, to, summary }) => `${at} ${from}>${to} ${summary}`),
    /** What went, without when and whereto. */
    flow: messages.map(({ summary }) => summary.replace(/ sips?:.*/, '')),
    actions: decisions.map(({ status, action }) => `${status} ${action.type}`),
  };
}

/** The value of a header field of a message. */
export function headerOf({ text }: PassingMessage, name: string): string | undefined {
  return new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(text)?.[1]?.trim();
}
