// The configuration of a run: read, checked, and with the bodies that it names.
import { dirname, resolve } from 'node:path';
import { Keyring } from '../digest/keyring.js';
import type { Client } from '../policy/facts.js';
import { defaultLimits, type Limits } from '../policy/limits.js';
import { limitDefects, withLimits } from '../policy/set-limits.js';
import type { RetryPolicy } from '../policy/rule.js';
import { rfcPolicy } from '../policy/table/index.js';
import type { Body } from '../request/materials.js';
import type { MemberPath } from '../schema-defects/member-path.js';
import type { SchemaDefect } from '../schema-defects/schema-defects.js';
import { octetLength, textOf } from '../sip/octets.js';
import type { Answers } from './answers.js';
import { type Config, configSchema } from './config-schema.js';
import { configDefectsOf } from './config-defect.js';
import type { Io } from './io.js';
import { readJson } from './json-place.js';
import { nameOf, readOctets } from './read-octets.js';
import { UnusableInput } from './unusable-input.js';

/** What a configuration says of the client. */
export interface LoadedConfig {
  readonly policy: RetryPolicy;
  readonly limits: Limits;
  readonly client: Client;
  readonly answers: Answers;
  readonly keyring?: Keyring;
}

/** What holds without a configuration. */
export const noConfig: LoadedConfig = { policy: rfcPolicy, limits: defaultLimits, client: {}, answers: {} };

/** @throws UnusableInput for the first defect, with its line and what is allowed there. */
export async function loadConfig(file: string, io: Io): Promise<LoadedConfig> {
  const source = nameOf(file);
  const text = textOf(await readOctets(file, io, 'a file with a configuration as JSON')).replace(/^\uFEFF/, '');
  const json = readJson(text);
  if (json.kind === 'defect') throw new UnusableInput(source, json.line, json.found, 'a configuration as JSON');
  const refuse = ({ path, found, expected }: SchemaDefect): UnusableInput =>
    new UnusableInput(source, json.lineOf(path), found, expected);

  const parsed = configSchema.safeParse(json.value);
  if (!parsed.success) {
    const defects = configDefectsOf(parsed.error.issues, json.value);
    const [first] = [...defects].sort((one, other) => json.lineOf(one.path) - json.lineOf(other.path));
    throw first === undefined ? new UnusableInput(source, 1, 'it cannot be used', 'a configuration') : refuse(first);
  }
  const config = parsed.data;
  const folder = file === '-' ? io.cwd : dirname(resolve(io.cwd, file));
  const bodies: Body[] = [];
  for (const [index, { type, file: bodyFile }] of (config.answers?.bodies ?? []).entries()) {
    const path = ['answers', 'bodies', index, 'file'];
    bodies.push({ type, content: await readBody(bodyFile, { ...io, cwd: folder }, path, refuse) });
  }
  return settingOf(config, bodies);
}

async function readBody(
  file: string,
  io: Io,
  path: MemberPath,
  refuse: (defect: SchemaDefect) => UnusableInput,
): Promise<string> {
  try {
    return textOf(await readOctets(file, io, 'a body'));
  } catch (cause) {
    if (cause instanceof UnusableInput) throw refuse({ path, found: cause.found, expected: 'a file with a body' });
    throw cause;
  }
}

function settingOf(config: Config, bodies: readonly Body[]): LoadedConfig {
  const { credentials, servers, supported, redial, environment, answers = {}, policy = rfcPolicy } = config;
  return {
    policy,
    limits: areLimits(config.limits) ? withLimits(config.limits) : defaultLimits,
    client: {
      ...environment,
      ...(servers && { servers }),
      ...(supported && { supported }),
      ...(redial !== undefined && { redial }),
      ...(answers.bodies && { bodies: bodies.map(({ type, content }) => ({ type, length: octetLength(content) })) }),
      ...(answers.confirm?.includes('addIdentity') === true && { canSign: true }),
    },
    answers: {
      ...(answers.digits && { digits: answers.digits }),
      ...(answers.target !== undefined && { target: answers.target }),
      ...(answers.bodies && { bodies }),
      ...(answers.confirm && { confirm: answers.confirm }),
    },
    ...(credentials && { keyring: new Keyring({ credentials }) }),
  };
}

function areLimits(value: unknown): value is Partial<Limits> {
  return limitDefects(value).length === 0;
}
