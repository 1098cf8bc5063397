// A request out on a connection, and once more on a new one where the server had closed the old one in front of it.
import type { SipRequest } from '../sip/message.js';
import { octetsOf } from '../sip/octets.js';
import { writeMessage } from '../sip/write-message.js';
import type { NotSent, Sent } from './sent.js';
import type { SentBy } from './sent-by.js';
import { isReliable, type ServerAddress } from './server-address.js';
import type { StreamConnections } from './stream-connections.js';
import { withSentBy } from './via-sent-by.js';

/** What became of a request; where it failed, whether somebody refused to be connected to. */
export type StreamResult = Sent | (NotSent & { readonly isRefusal?: boolean; readonly wasUsed?: boolean });

export class StreamSender {
  readonly #streams: StreamConnections;
  readonly #sentBy: SentBy;

  constructor(streams: StreamConnections, sentBy: SentBy) {
    this.#streams = streams;
    this.#sentBy = sentBy;
  }

  /** @param isFilled the Via is that of a request which has gone out already, and must stay (RFC 3261 §17.2.3) */
  async send(request: SipRequest, to: ServerAddress, isFilled = false): Promise<StreamResult> {
    const result = await this.#write(request, to, isFilled);
    // The server had closed a connection that was used before, and this side had not heard of it yet. The system did
    // not take the request, so nobody has it: it goes out on a new connection.
    const wasStale = result.kind === 'failed' && result.failure.code === 'connectionLost' && result.wasUsed === true;
    return wasStale ? this.#write(request, to, isFilled) : result;
  }

  async #write(request: SipRequest, to: ServerAddress, isFilled: boolean): Promise<StreamResult> {
    const opened = await this.#streams.to(to);
    if (opened.kind === 'failed') return { kind: 'failed', failure: opened.failure, isRefusal: opened.isRefusal };
    const { connection } = opened;
    const sentBy = this.#sentBy.of(to.transport, connection.local);
    const filled = isFilled ? request : withSentBy(request, to.transport, sentBy);
    const text = writeMessage(filled);
    const { wasUsed } = connection;
    // A server that closes right behind a response has not read what was written to it meanwhile, and the system took it
    // all the same. The same octets go once on a new connection: who did read them absorbs a retransmission. Once the
    // transports are closed there is no new connection any more.
    const again = (): void => void this.#write(filled, to, true);
    const failure = await connection.write(octetsOf(text), wasUsed ? again : undefined);
    if (failure !== undefined) return { kind: 'failed', failure, wasUsed };
    return {
      kind: 'sent',
      request: filled,
      text,
      transport: to.transport,
      reliable: isReliable(to.transport),
      local: connection.local,
      remote: { host: to.host, port: to.port },
      transmit: (next) => this.send(next, to, true),
    };
  }
}
