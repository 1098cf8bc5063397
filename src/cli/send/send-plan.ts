// What `send` will do, read from its command line and checked whole before anything is sent.
import type { Secret } from '../../digest/secret.js';
import type { Limits } from '../../policy/limits.js';
import type { RetryPolicy } from '../../policy/rule.js';
import type { Body } from '../../request/materials.js';
import type { Header } from '../../sip/message.js';
import { parseUri } from '../../sip/uri.js';
import type { Io } from '../io.js';
import { UnusableInput } from '../unusable-input.js';
import { readGivenHeaders } from './given-headers.js';
import { readBody, readLimits, readPassword, readPolicyFile } from './given-files.js';
import { readSupported } from './option-tags.js';
import type { SendOptions } from './send-options.js';
import { readServer, readSipUri } from './server-option.js';

/** What `send` will do. */
export interface SendPlan {
  readonly method: string;
  readonly uri: string;
  readonly from: string;
  /** For credentials; absent: nobody has said who asks. */
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  /** SIP URIs; empty: where the Request-URI leads (RFC 3263). */
  readonly servers: readonly string[];
  readonly expires: number | undefined;
  readonly headers: readonly Header[];
  readonly supported: readonly string[];
  readonly body: Body | undefined;
  readonly alternativeBodies: readonly Body[];
  readonly moreDigits: readonly string[];
  readonly limits: Partial<Limits>;
  readonly policy: RetryPolicy;
  readonly hangUpAfterMs: number;
  readonly timeoutMs: number | undefined;
  readonly json: boolean;
  readonly trace: string | undefined;
  readonly keep: boolean;
}

/** @throws UnusableInput for the first thing that cannot be used. */
export async function readSendPlan(method: string, uri: string, options: SendOptions, io: Io): Promise<SendPlan> {
  const named = readMethod(method);
  const target = readRequestUri(uri, options);
  const headers = readGivenHeaders(options.header ?? []);
  requireEvent(named, headers);
  requireSense(options);
  if (options.keep === true && named !== 'REGISTER') {
    throw new UnusableInput('--keep', undefined, `${named} is not kept`, 'REGISTER');
  }
  const from = fromOf(named, target, options);
  const contentType = options.contentType ?? 'application/sdp';
  const alternatives: Body[] = [];
  for (const file of options.alternativeBody ?? []) alternatives.push(await readBody(file, undefined, contentType, io));
  return {
    method: named,
    uri: target,
    from,
    username: options.user ?? (from === HIDDEN ? undefined : parseUri(from)?.user),
    password: await readPassword(options, io),
    servers: (options.server ?? []).map(readServer),
    expires: options.expires === undefined ? DEFAULT_EXPIRES.get(named) : seconds('--expires', options.expires),
    headers,
    supported: options.supported === undefined ? [] : readSupported(options.supported),
    body: options.body === undefined ? undefined : await readBody(options.body, options.contentType, contentType, io),
    alternativeBodies: alternatives,
    moreDigits: (options.moreDigits ?? []).map(readDigits),
    limits: options.limits === undefined ? {} : readLimits(options.limits),
    policy: await readPolicyFile(options.policy, io),
    hangUpAfterMs: milliseconds('--hang-up-after', options.hangUpAfter) ?? 0,
    timeoutMs: milliseconds('--timeout', options.timeout),
    json: options.json === true,
    trace: options.trace,
    keep: options.keep === true,
  };
}

const DEFAULT_EXPIRES: ReadonlyMap<string, number> = new Map([
  ['REGISTER', 3600],
  ['SUBSCRIBE', 3600],
  ['PUBLISH', 3600],
]);

function readMethod(method: string): string {
  const named = method.toUpperCase();
  const why = NOT_SENT.get(named);
  if (why !== undefined) throw new UnusableInput('METHOD', undefined, `${named} ${why}`, METHODS);
  if (/^[A-Z0-9.!%*_+`'~-]+$/.test(named)) return named;
  throw new UnusableInput('METHOD', undefined, `"${method}" is no method`, METHODS);
}

const METHODS = 'a method such as REGISTER, INVITE, OPTIONS, MESSAGE, SUBSCRIBE or PUBLISH';

const NOT_SENT: ReadonlyMap<string, string> = new Map([
  ['ACK', 'belongs to an INVITE and is sent by itself'],
  ['CANCEL', 'belongs to an INVITE; press Ctrl-C to send it'],
  ['BYE', 'belongs to a dialog and is sent by itself'],
  ['PRACK', 'belongs to a dialog'],
]);

function readRequestUri(uri: string, { server }: SendOptions): string {
  if (!/^tel:/i.test(uri)) {
    const sip = readSipUri('REQUEST-URI', uri);
    // RFC 3261 §19.1.1, Table 1: the headers component is not allowed in a Request-URI.
    if (!sip.includes('?')) return sip;
    throw new UnusableInput('REQUEST-URI', undefined, 'it has header fields behind a "?"', '--header for each of them');
  }
  if (server === undefined) {
    throw new UnusableInput('REQUEST-URI', undefined, 'a tel URI names no server', 'a SIP URI, or --server');
  }
  if (/^tel:\+?[0-9A-Fa-f*#().-]+(?:;[^\s<>]+)*$/i.test(uri)) return uri;
  throw new UnusableInput('REQUEST-URI', undefined, `"${uri}" is no telephone number`, 'a URI such as tel:+15551234');
}

/** RFC 6665 §3.1.2: exactly one Event. PUBLISH is the same (RFC 3903 §4). */
function requireEvent(method: string, headers: readonly Header[]): void {
  if (method !== 'SUBSCRIBE' && method !== 'PUBLISH') return;
  if (headers.some(([name]) => /^(?:event|o)$/i.test(name))) return;
  throw new UnusableInput('--header', undefined, `${method} names no event package`, `--header 'Event: presence'`);
}

/** Options that contradict each other, or say nothing. */
function requireSense({ user, body, contentType, alternativeBody = [], passwordFile, timeout }: SendOptions): void {
  if (user !== undefined && !/^[^\0-\x1f\x7f]+$/.test(user)) {
    throw new UnusableInput('--user', undefined, 'it is empty or holds a control character', 'a user name');
  }
  if (contentType !== undefined && body === undefined && alternativeBody.length === 0) {
    throw new UnusableInput('--content-type', undefined, 'there is no body', '--body FILE');
  }
  if ([body, ...alternativeBody, passwordFile].filter((file) => file === '-').length > 1) {
    throw new UnusableInput('-', undefined, 'standard input is named twice', 'one "-" at most');
  }
  if (timeout !== undefined && Number(timeout) === 0) {
    throw new UnusableInput('--timeout', undefined, 'it is 0', 'a number of seconds above 0');
  }
}

function fromOf(method: string, uri: string, { from, user }: SendOptions): string {
  if (from !== undefined) return readSipUri('--from', from);
  const { host, user: named, port, scheme } = parseUri(uri) ?? {};
  const secure = scheme === 'sips' ? 'sips' : 'sip';
  const place = `${host ?? ''}${port === undefined ? '' : `:${port}`}`;
  if (method === 'REGISTER' && named !== undefined) return `${secure}:${named}@${place}`;
  if (user !== undefined && scheme !== 'tel') return `${secure}:${encodeURIComponent(user)}@${host ?? ''}`;
  if (method === 'REGISTER') {
    throw new UnusableInput('--from', undefined, 'nobody says whose address is registered', '--from sip:USER@HOST');
  }
  return HIDDEN;
}

/** RFC 3261 §8.1.1.3: "a syntactically correct, but otherwise meaningless URI" where the identity remains hidden. */
const HIDDEN = 'sip:anonymous@anonymous.invalid';

/** Whether these can be appended to a telephone number. */
export function isDigits(written: string): boolean {
  return /^[0-9*#A-Da-d]+$/.test(written);
}

function readDigits(digits: string): string {
  if (isDigits(digits)) return digits;
  throw new UnusableInput('--more-digits', undefined, `"${digits}" is no digits`, 'digits such as 5 or 0123');
}

function seconds(option: string, written: string): number {
  const number = Number(written);
  if (/^\d+$/.test(written) && number < 2 ** 32) return number;
  throw new UnusableInput(option, undefined, `"${written}" is no number of seconds`, 'a whole number up to 4294967295');
}

function milliseconds(option: string, written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const number = Number(written);
  if (/^\d+(?:\.\d+)?$/.test(written) && Number.isSafeInteger(Math.ceil(number * 1000))) return number * 1000;
  throw new UnusableInput(option, undefined, `"${written}" is no number of seconds`, 'a number such as 5 or 0.5');
}
