// A user agent client on real sockets whose clock rushes, and the hostile servers that it meets.
import type { Limits } from '../../../src/policy/limits.js';
import { secret } from '../../../src/digest/secret.js';
import type { Header, SipRequest } from '../../../src/sip/message.js';
import { seededRandom, seededToken } from '../../../src/timing/random.js';
import type { Environment } from '../../../src/timing/environment.js';
import { createUserAgentClient, type UserAgentClient } from '../../../src/transport/user-agent-client.js';
import { createUacCore } from '../../../src/uac/uac-core.js';
import type { Certificate } from '../peers/certificate.js';
import { startServer, type Arrival, type Script, type ScriptedServer } from '../peers/scripted-server.js';
import { RushingClock } from './rushing-clock.js';
import type { Trap } from './trap.js';

export interface Rush {
  readonly clock: RushingClock;
  readonly servers: readonly ScriptedServer[];
  readonly client: UserAgentClient;
  /** A client of its own, which knows nothing of what others have sent. */
  anotherClient(): UserAgentClient;
  arrivals(): readonly Arrival[];
  close(): Promise<void>;
}

export interface RushOptions {
  readonly seed: number;
  readonly transport?: Trap['transport'];
  readonly servers?: number;
  readonly certificate: Certificate;
  readonly refusesTls?: boolean;
  readonly limits?: Partial<Limits>;
}

export async function rush(script: (port: number) => Script, options: RushOptions): Promise<Rush> {
  const { seed, transport = 'udp', certificate } = options;
  const clock = new RushingClock();
  const tls = options.refusesTls === true ? 'refused' : transport === 'tls' ? certificate : undefined;
  const servers: ScriptedServer[] = [];
  for (let number = 0; number < (options.servers ?? 1); number += 1) {
    const act: { script?: Script } = {};
    const server = await startServer((...given) => act.script?.(...given), {
      now: () => clock.now(),
      onStir: clock.stir,
      ...(tls === undefined ? {} : { tls }),
    });
    act.script = script(server.port);
    servers.push(server);
  }
  const clients: UserAgentClient[] = [];
  const make = (): UserAgentClient => {
    const environment: Environment = {
      clock,
      random: seededRandom(`${seed} ${clients.length}`),
      token: seededToken(`${seed} ${clients.length}`),
    };
    const client = createUserAgentClient({
      core: createUacCore({ environment, credentials: [{ username: 'alice', password: secret('wonderland') }] }),
      servers: servers.map(({ port }) => `sip:127.0.0.1:${port};transport=${transport}`),
      tls: { ca: certificate.cert },
      bind: { ipv4: '127.0.0.1' },
    });
    client.on('message', clock.stir);
    clients.push(client);
    return client;
  };
  return {
    clock,
    servers,
    client: make(),
    anotherClient: make,
    arrivals: () => servers.flatMap(({ arrivals }) => arrivals).sort((one, other) => one.at - other.at),
    close: async () => {
      await Promise.all(clients.map((client) => client.close()));
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

/** A request of a user, with what a trap wants in it. */
export function requestFrom(user: string, method: string, number: number, more: readonly Header[] = []): SipRequest {
  const uri = method === 'REGISTER' ? 'sip:example.test' : 'sip:bob@example.test';
  return {
    method,
    uri,
    headers: [
      ['Via', `SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK${user}${number}`],
      ['Max-Forwards', '70'],
      ['From', `<sip:${user}@example.test>;tag=${user}${number}`],
      ['To', method === 'REGISTER' ? `<sip:${user}@example.test>` : `<${uri}>`],
      ['Call-ID', `${user}-${number}`],
      ['CSeq', `1 ${method}`],
      ['Contact', `<sip:${user}@127.0.0.1:5070>`],
      ...(method === 'SUBSCRIBE' ? [['Event', 'presence'] as const] : []),
      ...more,
    ],
    body: '',
  };
}
