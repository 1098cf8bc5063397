// What the options of a driven request are, member by member, so that a mistake is told at the door.
import type { Client } from '../src/policy/facts.js';
import type { Environment } from '../src/timing/environment.js';
import type { DriveRetryOptions } from './drive-retry.js';
import { requireOptions, type Shape } from './given.js';

/** What the outside gives, where the application gives it. */
export const environmentKind = {
  clock: { now: 'function', date: 'function', at: 'function' },
  random: 'function',
  token: 'function',
} satisfies Shape<Environment>;

/** Credentials, limits and snapshots are read by those who know them. */
export const driveRetryShape: Shape<DriveRetryOptions> = {
  request: 'any',
  snapshot: 'any',
  policy: { entries: 'object' },
  client: 'object',
  limits: 'any',
  environment: environmentKind,
  keyring: { find: 'function', authorize: 'function' },
  credentials: 'any',
  answer: 'function',
  circumstances: 'function',
  gate: 'function',
  unsent: 'boolean',
  nextCSeq: 'function',
  inspect: 'function',
};

/** @throws SipRetryError `badOptions` */
export function requireClient(client: Client | undefined): void {
  if (client !== undefined) requireOptions(client, clientShape, 'options.client');
}

const clientShape: Shape<Client> = {
  inDialog: 'boolean',
  ownsCallId: 'boolean',
  supported: 'texts',
  servers: 'texts',
  credentials: 'any',
  rejectedRealms: 'any',
  acceptedRealms: 'any',
  refuseMd5: 'boolean',
  redial: 'any',
  bodies: 'any',
  digitsLeft: 'any',
  shorterUri: 'text',
  acceptable: 'texts',
  canSign: 'boolean',
  securityMechanisms: 'texts',
};
