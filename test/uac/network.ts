// A network of scripted responders: each send is answered after a while, by whatever the responder says.
import type { SipRequest } from '../../src/sip/message.js';
import type { VirtualClock } from '../../src/timing/virtual-clock.js';
import type { UacRequest } from '../../src/uac/uac-request.js';
import type { Server } from '../hostile/servers.js';

/** What was sent or came back, in order. */
export type Traffic =
  | {
      readonly type: 'send';
      readonly at: number;
      readonly server: string;
      readonly request: SipRequest;
      readonly attempt: number;
      readonly uac: UacRequest;
    }
  | {
      readonly type: 'end';
      readonly at: number;
      readonly server: string;
      readonly outcome: ReturnType<Server>['outcome'];
      readonly uac: UacRequest;
    };

export class Network {
  readonly traffic: Traffic[] = [];
  readonly #clock: VirtualClock;
  readonly #random: () => number;
  readonly #responder: Server;

  constructor(clock: VirtualClock, random: () => number, responder: Server) {
    this.#clock = clock;
    this.#random = random;
    this.#responder = responder;
  }

  /** Answers all that this request sends. */
  connect(uac: UacRequest): void {
    uac.on('send', ({ request, server = nextHopOf(request), attempt }) => {
      this.traffic.push({ type: 'send', at: this.#clock.now(), server, request, attempt, uac });
      const { provisional, outcome } = this.#responder(request, attempt);
      const latency = 1 + Math.floor(this.#random() * 300);
      this.#clock.at(this.#clock.now() + latency, () => {
        for (const status of provisional) uac.receive({ status, reason: '', headers: [], body: '' });
        this.traffic.push({ type: 'end', at: this.#clock.now(), server, outcome, uac });
        if (outcome === 'transportError') uac.transportError();
        else if (typeof outcome === 'string') uac.timeout();
        else uac.receive(outcome);
      });
    });
  }
}

/** Host and port of the topmost Route or the Request-URI. */
export function nextHopOf({ uri, headers }: SipRequest): string {
  const route = headers.find(([name]) => name === 'Route')?.[1] ?? uri;
  return (/sips?:(?:[^@>]*@)?([^;>?]+)/i.exec(route)?.[1] ?? route).toLowerCase();
}
