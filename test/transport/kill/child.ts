// A UAC with a store in a folder, as a process of its own that is killed at any moment. It tells what it did, at once.
import { readdirSync, writeSync } from 'node:fs';
import { secret } from '../../../src/digest/secret.js';
import type { SipRequest } from '../../../src/sip/message.js';
import { systemEnvironment } from '../../../src/timing/environment.js';
import { createTransports, fileStore, readServerUri } from '../../../src/transport/index.js';
import { Wire } from '../../../src/transport/wire.js';
import type { RequestStore } from '../../../src/uac/request-store.js';
import { resumeStored } from '../../../src/uac/resume-stored.js';
import { createUacRequest, type UacRequest } from '../../../src/uac/uac-request.js';
import { isEntryName } from '../../../src/transport/stored-name.js';
import { quickClock } from './quick-clock.js';

/** What the parent says. */
export interface Life {
  readonly folder: string;
  readonly epoch: number;
  readonly ports: { readonly udp: readonly number[]; readonly tcp: number };
  /** The requests that begin in this life. */
  readonly ids: readonly string[];
}

/** What this process tells: each line is written before anything else happens. */
export type Line =
  | readonly ['loaded', number, unreadable: number, temporaries: readonly string[]]
  | readonly ['saving' | 'saved' | 'removing' | 'ended', id: string]
  | readonly ['done', id: string, how: string]
  | readonly ['failure', id: string, why: string]
  | readonly ['idle'];

const METHODS = ['REGISTER', 'INVITE', 'MESSAGE', 'OPTIONS', 'SUBSCRIBE', 'PUBLISH', 'INVITE', 'REGISTER'];
const limits = { maxAttempts: 5, maxWaitMs: 200_000 };

function tell(line: Line): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

function told(store: RequestStore): RequestStore {
  return {
    load: () => store.load(),
    save: async (id, snapshot) => {
      tell(['saving', id]);
      await store.save(id, snapshot);
      tell(['saved', id]);
    },
    remove: (id) => {
      tell(['removing', id]);
      return store.remove(id);
    },
  };
}

/** The request of this id; its number says what it is and where it goes. */
function requestOf(id: string, { udp, tcp }: Life['ports'], token: () => string): SipRequest {
  const number = Number(id.split('-').at(-1));
  const method = METHODS[number % METHODS.length] ?? 'OPTIONS';
  const servers = [...udp.map((port) => `127.0.0.1:${port}`), `127.0.0.1:${tcp};transport=tcp`];
  const server = servers[number % servers.length] ?? '';
  const self = `<sip:${id}@example.com>`;
  const body = method === 'INVITE' || method === 'MESSAGE' || method === 'PUBLISH' ? 'v=0' : '';
  return {
    method,
    uri: method === 'REGISTER' ? `sip:${server}` : `sip:${id}@${server}`,
    headers: [
      ['Via', `SIP/2.0/UDP invalid.invalid;branch=z9hG4bK${token()}`],
      ['Max-Forwards', '70'],
      ['From', `${self};tag=${token()}`],
      ['To', method === 'REGISTER' ? self : '<sip:bob@example.com>'],
      ['Call-ID', token()],
      ['CSeq', `1 ${method}`],
      ['Contact', `<sip:${id}@127.0.0.1>`],
      ...(method === 'REGISTER' || method === 'SUBSCRIBE' || method === 'PUBLISH' ? [['Expires', '600'] as const] : []),
      ...(method === 'SUBSCRIBE' || method === 'PUBLISH' ? [['Event', 'presence'] as const] : []),
      ...(body === '' ? [] : [['Content-Type', 'text/plain'] as const]),
    ],
    body,
  };
}

async function live({ folder, epoch, ports, ids }: Life): Promise<void> {
  const environment = { ...systemEnvironment(), clock: quickClock(epoch) };
  const transports = createTransports({});
  // Transactions have the time of the network, which runs no faster; their timers are short.
  const wire = new Wire({ transports, environment: systemEnvironment(), timers: { t1: 4, t2: 32, t4: 8 } });
  const store = told(fileStore(folder));
  const credentials = [{ username: 'alice', password: secret('open sesame') }];
  const { core, requests, unreadable } = await resumeStored(store, { environment, credentials, limits });
  const temporaries = readdirSync(folder).filter((name) => !isEntryName(name));
  tell(['loaded', requests.length, unreadable.length, temporaries]);

  const follow = async (uac: UacRequest): Promise<void> => {
    uac.on('send', ({ request }) => {
      const to = readServerUri(request.uri);
      if (to === undefined) throw new Error(`no address in ${request.uri}`);
      void wire.begin(request, to, {
        response: (response) => uac.receive(response),
        timeout: () => uac.timeout(),
        transportError: (failure) => uac.transportError(failure),
      });
    });
    uac.on('storeFailure', ({ id, cause }) => tell(['failure', id, String(cause)]));
    uac.on('done', ({ outcome }) => tell(['done', uac.id, outcome.type === 'gaveUp' ? outcome.reason : outcome.type]));
    await uac.start();
    tell(['ended', uac.id]);
  };
  const begun = ids.map((id) => createUacRequest(requestOf(id, ports, environment.token), { core, store, id, limits }));
  await Promise.all([...requests, ...begun].map(follow));
  tell(['idle']);
  process.exit(0);
}

const life: Life = JSON.parse(process.argv[2] ?? '{}') as Life;
await live(life);
