// The scenario around a SIPp file: a request that its server waits for, and a user that does what it expects next.
import { SIP_PORT } from '../network/address.js';
import type { ScenarioInput } from '../scenario.js';
import type { NotUnderstood } from './not-understood.js';
import { readSipp, type ReadSipp } from './read-sipp.js';
import type { SippCommand, SippProgram } from './program.js';

/** A scenario that `simulate()` runs, or why there is none. */
export type ScenarioOfSipp =
  | {
      readonly kind: 'scenario';
      readonly scenario: ScenarioInput;
      /** What is left out of the file, in the order of the lines. */
      readonly notUnderstood: readonly NotUnderstood[];
    }
  | Extract<ReadSipp, { kind: 'refused' }>;

export interface SippOptions {
  /** What the scenario is called. Default: its own name. */
  readonly name?: string;
  /** The user agent client, as a scenario writes it. Default: alice, whose password is wonderland in every realm. */
  readonly uac?: ScenarioInput['uac'];
  /** Over what the first request goes. Default: UDP. */
  readonly transport?: 'UDP' | 'TCP';
}

const SERVER_HOST = '192.0.2.10';

const URI = 'sip:service@example.com';

/** The first request is what the file receives first; the caller cancels, hangs up or waits as it goes on. */
export function scenarioOfSipp(xml: string, options: SippOptions = {}): ScenarioOfSipp {
  const read = readSipp(xml);
  if (read.kind === 'refused') return read;
  const { program, notUnderstood } = read;
  const { name = program.name, transport = 'UDP' } = options;
  const isLong = isKept(program);
  const scenario: ScenarioInput = {
    name,
    uac: options.uac ?? {
      credentials: [{ username: 'alice', password: 'wonderland' }],
      ...(/^\s*Session-Expires\s*:/im.test(xml) ? { supported: ['timer'] } : {}),
    },
    requests: [requestFor(program, transport)],
    servers: [
      { name: 'sipp', host: SERVER_HOST, port: SIP_PORT, domain: 'example.com', behaviour: { type: 'sipp', xml } },
    ],
    ...(isLong ? { stopAfter: '2 h' } : {}),
  };
  return { kind: 'scenario', scenario, notUnderstood };
}

type WrittenRequest = ScenarioInput['requests'][number];

function requestFor(program: SippProgram, transport: 'UDP' | 'TCP'): WrittenRequest {
  const method = firstMethod(program);
  const uri = method === 'REGISTER' ? 'sip:example.com' : URI;
  return {
    method,
    uri: transport === 'UDP' ? uri : `${uri};transport=tcp`,
    ...(method === 'REGISTER' ? { expires: 3600, ...(isKept(program) ? { keep: true } : {}) } : {}),
    ...(method === 'SUBSCRIBE' ? { expires: 3600, headers: { Event: 'presence' } } : {}),
    ...(method === 'PUBLISH' ? { expires: 3600, headers: { Event: 'presence' }, body: PRESENCE } : {}),
    ...(method === 'MESSAGE' ? { body: { type: 'text/plain', text: 'Hello' } } : {}),
    ...(method === 'INVITE' ? { body: OFFER, ...untilTheEnd(program) } : {}),
  };
}

/** Of several methods in a pattern, the first; without any, an INVITE. */
function firstMethod({ commands }: Pick<SippProgram, 'commands'>): string {
  const [first] = commands.filter(({ do: kind }) => kind === 'recv');
  const written = first?.do === 'recv' ? (first.request ?? '') : '';
  return /[A-Z]{3,}/.exec(written)?.[0] ?? 'INVITE';
}

/** A registrar that waits for one more REGISTER after it has accepted one waits for a refresh. */
function isKept({ commands }: Pick<SippProgram, 'commands'>): boolean {
  if (firstMethod({ commands }) !== 'REGISTER') return false;
  const accepted = commands.findIndex(isAcceptance);
  return accepted >= 0 && commands.slice(accepted).some((command) => receives(command, 'REGISTER'));
}

/** The caller cancels where a CANCEL must come before anything is accepted, and lets a server hang up that does. */
function untilTheEnd({ commands }: SippProgram): Pick<WrittenRequest, 'cancelAfter' | 'hangUpAfter'> {
  const cancel = commands.findIndex((command) => receives(command, 'CANCEL'));
  const accepted = commands.findIndex(isAcceptance);
  if (cancel >= 0 && (accepted < 0 || cancel < accepted)) return { cancelAfter: '2 s' };
  const theirs = commands.findIndex((command) => command.do === 'send' && command.method === 'BYE');
  const ours = commands.findIndex((command) => receives(command, 'BYE'));
  if (theirs >= 0 && (ours < 0 || theirs < ours)) return { hangUpAfter: '10 min' };
  // A session timer is refreshed first where the server waits for that.
  const again = commands
    .slice(accepted + 1)
    .some((command) => receives(command, 'INVITE') || receives(command, 'UPDATE'));
  return again && accepted >= 0 ? { hangUpAfter: '1 h' } : {};
}

function receives(command: SippCommand, method: string): boolean {
  return command.do === 'recv' && command.request === method && !command.optional;
}

function isAcceptance(command: SippCommand): boolean {
  return command.do === 'send' && typeof command.message[0] === 'string' && /^SIP\/2\.0 2/.test(command.message[0]);
}

const OFFER = {
  type: 'application/sdp',
  text: 'v=0\no=- 1 1 IN IP4 198.51.100.7\ns=-\nc=IN IP4 198.51.100.7\nt=0 0\nm=audio 49170 RTP/AVP 0\na=rtpmap:0 PCMU/8000\n',
};

const PRESENCE = {
  type: 'application/pidf+xml',
  text: '<?xml version="1.0"?><presence xmlns="urn:ietf:params:xml:ns:pidf" entity="sip:alice@example.com"/>\n',
};
