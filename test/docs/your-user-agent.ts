// A user agent of SIP.js for the examples: its server answers with a challenge, then with 200.
import { EmitterImpl, TransportState, UserAgent, type Transport } from 'sip.js';
import { responseTo } from '../adapters/sip-js/response-to.js';
import { readMessage } from '../../src/sip/read-message.js';

class AnsweringTransport implements Transport {
  readonly protocol = 'WS';
  readonly state = TransportState.Connected;
  readonly stateChange = new EmitterImpl<TransportState>();
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  #sent = 0;

  connect(): Promise<void> {
    return Promise.resolve();
  }

  disconnect(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  isConnected(): boolean {
    return true;
  }

  send(message: string): Promise<void> {
    const read = readMessage(message);
    if (read.kind !== 'request') return Promise.resolve();
    this.#sent += 1;
    const challenge = ['WWW-Authenticate', 'Digest realm="example.com", nonce="7e2bcb4c", qop="auth"'] as const;
    const answer = this.#sent === 1 ? responseTo(read.request, 401, [challenge]) : responseTo(read.request, 200);
    queueMicrotask(() => this.onMessage?.(answer));
    return Promise.resolve();
  }
}

function uri(text: string) {
  const made = UserAgent.makeURI(text);
  if (made === undefined) throw new Error(`no URI: ${text}`);
  return made;
}

export const ua = new UserAgent({
  uri: uri('sip:alice@example.com'),
  viaHost: 'client.invalid',
  transportConstructor: AnsweringTransport,
  logBuiltinEnabled: false,
});

export const registrar = uri('sip:example.com');
