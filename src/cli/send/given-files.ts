// The options of `send` that name a file or hold JSON: bodies, the password, limits, a policy.
import { Secret } from '../../digest/secret.js';
import type { Limits } from '../../policy/limits.js';
import { limitDefects } from '../../policy/set-limits.js';
import { complaintOf } from '../../policy/defect.js';
import { parsePolicy } from '../../policy/parse-policy.js';
import type { RetryPolicy } from '../../policy/rule.js';
import { rfcPolicy } from '../../policy/table/index.js';
import type { Body } from '../../request/materials.js';
import { stepsOf } from '../../schema-defects/member-path.js';
import { readMediaType } from '../../sip/media-type.js';
import { textOf } from '../../sip/octets.js';
import type { Io } from '../io.js';
import { readJson } from '../json-place.js';
import { nameOf, readOctets } from '../read-octets.js';
import { UnusableInput } from '../unusable-input.js';
import type { SendOptions } from './send-options.js';

/** A body from a file. Its type is the one given, else what the name of the file says, else `otherwise`. */
export async function readBody(file: string, type: string | undefined, otherwise: string, io: Io): Promise<Body> {
  const content = textOf(await readOctets(file, io, 'a file with a body'));
  const wanted = type ?? TYPES.get(/\.[a-z]+$/i.exec(file)?.[0].toLowerCase() ?? '') ?? otherwise;
  if (readMediaType(wanted) === undefined || /[\r\n]/.test(wanted)) {
    throw new UnusableInput('--content-type', undefined, `"${wanted}" is no media type`, 'a type such as text/plain');
  }
  return { type: wanted, content };
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.sdp', 'application/sdp'],
  ['.txt', 'text/plain'],
  ['.html', 'text/html'],
  ['.xml', 'application/xml'],
  ['.pidf', 'application/pidf+xml'],
  ['.json', 'application/json'],
]);

/** The password: from the option, else from its file, else from the environment variable SIP_PASSWORD. */
export async function readPassword({ password, passwordFile }: SendOptions, io: Io): Promise<Secret | undefined> {
  if (password !== undefined && passwordFile !== undefined) {
    throw new UnusableInput('--password', undefined, '--password-file is given, too', 'one of them');
  }
  if (password === '') throw new UnusableInput('--password', undefined, 'it is empty', 'a password');
  if (password !== undefined) return new Secret(password);
  if (passwordFile !== undefined) {
    const text = textOf(await readOctets(passwordFile, io, 'a file with the password'));
    // An editor ends the line.
    const line = text.replace(/\r?\n$/, '');
    if (line !== '' && !/[\r\n]/.test(line)) return new Secret(line);
    throw new UnusableInput(nameOf(passwordFile), 1, 'it holds no single line', 'the password on one line');
  }
  const fromEnvironment = io.env['SIP_PASSWORD'];
  return fromEnvironment === undefined || fromEnvironment === '' ? undefined : new Secret(fromEnvironment);
}

/** Limits as JSON on the command line. */
export function readLimits(written: string): Partial<Limits> {
  const json = readJson(written);
  if (json.kind === 'defect') throw new UnusableInput('--limits', undefined, json.found, `JSON such as ${EXAMPLE}`);
  const [first] = limitDefects(json.value);
  if (first !== undefined) {
    const name = first.path === '' ? 'it' : first.path;
    throw new UnusableInput('--limits', undefined, `${name} is ${first.found}`, first.allowed);
  }
  return isLimits(json.value) ? json.value : {};
}

const EXAMPLE = `{"maxAttempts": 3}`;

function isLimits(value: unknown): value is Partial<Limits> {
  return limitDefects(value).length === 0;
}

/** The policy of a file; the RFC table without one. */
export async function readPolicyFile(file: string | undefined, io: Io): Promise<RetryPolicy> {
  if (file === undefined) return rfcPolicy;
  const source = nameOf(file);
  const text = textOf(await readOctets(file, io, 'a file with a policy as JSON')).replace(/^\uFEFF/, '');
  const json = readJson(text);
  if (json.kind === 'defect') throw new UnusableInput(source, json.line, json.found, 'a policy as JSON');
  const parsed = parsePolicy(json.value);
  if (parsed.ok) return parsed.policy;
  const [first] = parsed.defects;
  const complaint = first === undefined ? 'it cannot be used' : `${first.path || 'the policy'} ${complaintOf(first)}`;
  // Of the whole policy, no line is better than another.
  const line = first === undefined || first.path === '' ? undefined : json.lineOf(stepsOf(first.path));
  throw new UnusableInput(source, line, complaint, 'a policy; see schema/policy.schema.json');
}
