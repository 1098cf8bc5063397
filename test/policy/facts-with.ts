// Plain facts with a few members changed: what most tests of conditions and rules start from.
import type { Client, Facts, RequestFacts, ResponseFacts } from '../../src/policy/facts.js';
import { emptyHistory, type History } from '../../src/policy/history.js';
import { defaultLimits, type Limits } from '../../src/policy/limits.js';

/** What may be changed in {@link factsWith}: any member, and any member of a member. */
export interface FactsOverrides extends Partial<Omit<Facts, 'response' | 'request' | 'history' | 'client' | 'limits'>> {
  readonly response?: Partial<ResponseFacts>;
  readonly request?: Partial<RequestFacts>;
  readonly history?: Partial<Omit<History, 'waits'>> & { readonly waits?: Partial<History['waits']> };
  readonly client?: Client;
  readonly limits?: Partial<Limits>;
}

/** An INVITE outside a dialog, answered for the first time by a 400 that says nothing; with these members changed. */
export function factsWith(overrides: FactsOverrides = {}): Facts {
  const { response, request, history, limits, ...others } = overrides;
  return {
    status: 400,
    origin: 'wire',
    client: {},
    elapsedMs: 0,
    random: 0.5,
    ...others,
    response: { ...silentResponse, ...response },
    request: { ...plainInvite, ...request },
    history: { ...emptyHistory, ...history, waits: { ...emptyHistory.waits, ...history?.waits } },
    limits: { ...defaultLimits, ...limits },
  };
}

/** A response without any header field that a rule looks at. */
export const silentResponse: ResponseFacts = {
  challengesOffered: 0,
  challenges: [],
  unsupported: [],
  require: [],
  warnings: [],
  contacts: [],
  choices: [],
  securityServer: [],
  certificate: false,
};

const plainInvite: RequestFacts = {
  method: 'INVITE',
  uri: 'sip:bob@example.com',
  scheme: 'sip',
  inDialog: false,
  cseq: 1,
  removal: false,
  query: false,
  require: [],
  proxyRequire: [],
  supported: [],
  bodyLength: 0,
  parts: [],
  conditional: false,
  located: false,
  signed: false,
  anonymous: false,
  resourcePriority: [],
  regId: false,
  push: false,
};
