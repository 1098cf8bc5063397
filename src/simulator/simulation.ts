// One simulation: its clock, its network, its servers, its user agent client, and what they do.
import { Listeners } from '../../machines/listeners.js';
import { findServers } from '../transport/find-servers.js';
import type { ServerAddress } from '../transport/server-address.js';
import { seededRandom, seededToken } from '../timing/random.js';
import { VirtualClock } from '../timing/virtual-clock.js';
import { ChartWatch } from './chart-watch.js';
import { abilitiesOf, clientOf, policyOf } from './client-of.js';
import { culpritOf } from './culprit.js';
import type { Inspect } from './inspector.js';
import { SIP_PORT, portOf, transportsOf } from './network/address.js';
import { dnsOf } from './network/simulated-dns.js';
import { SimulatedNetwork } from './network/simulated-network.js';
import { SimulatedTransports, type Residence } from './network/simulated-transports.js';
import { openingRequest } from './opening-request.js';
import { Recorder, UAC } from './recorder.js';
import { requestIds } from './request-ids.js';
import type { Scenario, WrittenServer } from './scenario.js';
import type { ScenarioPath } from './scenario-fault.js';
import { servingOf } from './servers/behaviour.js';
import { SimulatedServer } from './servers/simulated-server.js';
import { SimulatedRequest } from './simulated-request.js';
import { requireProgram } from './sipp/read-sipp.js';
import { SippServer } from './sipp/sipp-server.js';
import type { Transcript } from './transcript.js';
import { runVirtually } from './virtual-run.js';

/** What a simulation is given besides its scenario. */
export interface SimulationMeans {
  readonly seed: number;
  readonly inspect: Inspect | undefined;
  /** The chance of the UAC. Default: by the seed. */
  readonly random?: (() => number) | undefined;
}

const UAC_HOST = '198.51.100.7';

const MAX_EVENTS = 100_000;

export class Simulation {
  readonly #scenario: Scenario;
  readonly #seed: number;
  readonly #uacChance: (() => number) | undefined;
  readonly #clock: VirtualClock;
  readonly #recorder: Recorder;
  readonly #watch: ChartWatch;
  readonly #network: SimulatedNetwork;
  readonly #requests: readonly SimulatedRequest[];
  readonly #sippServers: SippServer[] = [];
  /** What goes wrong inside a call of the clock: kept until that call is over. */
  readonly #faults = new Listeners<object>();

  constructor(scenario: Scenario, { seed, inspect, random }: SimulationMeans) {
    this.#uacChance = random;
    this.#scenario = scenario;
    this.#seed = seed;
    this.#clock = new VirtualClock(scenario.startAt === undefined ? {} : { date: Date.parse(scenario.startAt) });
    this.#recorder = new Recorder(this.#clock);
    this.#watch = new ChartWatch(this.#recorder, inspect);
    this.#network = new SimulatedNetwork({
      network: scenario.network ?? {},
      clock: this.#clock,
      random: seededRandom(`${seed} network`),
      recorder: this.#recorder,
      inspect: this.#watch.as('network', 'network'),
    });
    const transports = this.#settleUac();
    for (const [index, server] of scenario.servers.entries()) this.#settleServer(server, ['servers', index]);
    this.#requests = this.#plan(transports);
  }

  async run(): Promise<Transcript> {
    const { name = 'unnamed', stopAfter, maxEvents = MAX_EVENTS } = this.#scenario;
    await runVirtually({
      clock: this.#clock,
      stopAt: stopAfter,
      maxEvents,
      events: () => this.#recorder.length,
      isOver: () => this.#requests.every(({ isOver }) => isOver),
      rethrow: () => this.#faults.rethrow(),
      culprit: () => culpritOf(this.#requests, this.#recorder),
    });
    const endedAt = stopAfter ?? this.#recorder.lastMoment;
    for (const request of this.#requests) request.noteUnfinished();
    for (const server of this.#sippServers) server.tellAwaited();
    this.#network.stop();
    return this.#recorder.transcript({ name, seed: this.#seed, endedAt });
  }

  #settleUac(): SimulatedTransports {
    const { host = UAC_HOST, port = SIP_PORT } = this.#scenario.uac ?? {};
    const residence = { id: UAC, host, port, tlsPort: port + 1, names: [] };
    const transports = new SimulatedTransports(this.#network, residence);
    this.#recorder.addParty({ id: UAC, role: 'uac', host, port });
    const station = {
      id: UAC,
      isUp: true,
      receive: (...[text, from, transport, at]: Parameters<SimulatedServer['receive']>) => {
        transports.receive(text, from, transport, at);
        return true;
      },
    };
    for (const transport of ['UDP', 'TCP', 'TLS'] as const) {
      this.#network.attach({ transport, host, port: portOf({ port }, transport) }, station);
    }
    return transports;
  }

  #settleServer(written: WrittenServer, path: ScenarioPath): void {
    const { name, host, domain = [], down = [], behaviour } = written;
    const residence: Residence = {
      id: name,
      host,
      port: portOf(written, 'UDP'),
      tlsPort: portOf(written, 'TLS'),
      names: [domain].flat().flatMap((one) => [one.toLowerCase(), `${name}.${one}`.toLowerCase()]),
    };
    const role = behaviour?.type === 'proxy' ? 'proxy' : 'server';
    this.#recorder.addParty({ id: name, role, host, port: residence.port });
    const server = this.#serverOf(written, path, residence);
    for (const transport of transportsOf(written)) {
      this.#network.attach({ transport, host, port: portOf(written, transport) }, server);
    }
    for (const { from, for: ms = Infinity } of down) {
      this.#clock.at(from, () => server.goDown());
      this.#clock.at(from + ms, () => server.comeBack());
    }
  }

  #serverOf(
    { script, behaviour }: WrittenServer,
    path: ScenarioPath,
    residence: Residence,
  ): SimulatedServer | SippServer {
    const { id } = residence;
    const means = {
      environment: this.#environment(id),
      network: this.#network,
      recorder: this.#recorder,
      watch: this.#watch,
    };
    if (behaviour?.type === 'sipp') {
      const server = new SippServer({ ...means, id, program: requireProgram(behaviour.xml) });
      this.#sippServers.push(server);
      return server;
    }
    const served = { ...(script && { script }), behaviour };
    return new SimulatedServer({
      ...means,
      residence,
      serving: servingOf(served, { name: id, path, usersOf: (realm) => this.#usersOf(realm) }),
      find: (nameOrUri) => this.#find(nameOrUri, id),
      attempt: (act) => this.#faults.attempt(act),
    });
  }

  #plan(transports: SimulatedTransports): readonly SimulatedRequest[] {
    const { uac = {}, requests } = this.#scenario;
    const environment = this.#environment(UAC);
    const client = clientOf(uac, {
      environment,
      transports,
      dns: dnsOf(this.#scenario.servers),
      inspect: this.#watch.transactionsOf(UAC),
    });
    client.on('call', () => undefined);
    const { host = UAC_HOST, port = SIP_PORT, supported = [] } = uac;
    const ids = requestIds(this.#scenario);
    return requests.map((written, index) => {
      const id = ids[index] ?? '';
      const request = new SimulatedRequest(id, written, {
        client,
        clock: this.#clock,
        recorder: this.#recorder,
        policy: policyOf(uac),
        abilities: abilitiesOf(uac),
        inspectAs: (name) => this.#watch.as(`request ${name}`, UAC, name),
      });
      this.#clock.at(written.at ?? 0, () => {
        const opening = openingRequest(written, { host, port }, supported, environment.token);
        void request.start(opening).catch((cause: unknown) =>
          this.#faults.attempt(() => {
            throw cause;
          }),
        );
      });
      return request;
    });
  }

  /** Each party has chance of its own: what one draws leaves the others as they were. */
  #environment(party: string) {
    const seed = `${this.#seed} ${party}`;
    const random = (party === UAC ? this.#uacChance : undefined) ?? seededRandom(seed);
    return { clock: this.#clock, random, token: seededToken(seed) };
  }

  #usersOf(realm: string) {
    const { credentials = [] } = this.#scenario.uac ?? {};
    return credentials.filter((entry) => entry.realm === undefined || entry.realm === realm);
  }

  /** Where a proxy sends a request: another server of the scenario, or what DNS says of a URI. */
  async #find(nameOrUri: string, searcher: string): Promise<ServerAddress | undefined> {
    const { servers } = this.#scenario;
    const named = servers.find(({ name }) => name === nameOrUri);
    if (named !== undefined) {
      const [transport = 'UDP'] = transportsOf(named);
      return { transport, host: named.host, port: portOf(named, transport) };
    }
    const found = await findServers(nameOrUri, { environment: this.#environment(searcher), dns: dnsOf(servers) });
    return found.kind === 'servers' ? found.servers[0] : undefined;
  }
}
