// Where applications that use the official inspector send what they do: WebSockets, untrusted.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Inspection } from '../inspection.js';
import { OfficialReader } from '../official/official-reader.js';
import { DefinitionsRead } from '../official/definitions-read.js';
import { refuseUpgrade } from './refuse-upgrade.js';

/** What came behind the request already. */
type Head = Parameters<WebSocketServer['handleUpgrade']>[2];

const MOST_OCTETS = 1_048_576;
const MOST_SOCKETS = 16;

export class OfficialSocket {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: MOST_OCTETS, perMessageDeflate: false });
  readonly #inspection: Inspection;
  /** An application that is loaded again has the charts that it had. */
  readonly #definitions: DefinitionsRead;
  #count = 0;

  constructor(inspection: Inspection) {
    this.#inspection = inspection;
    this.#definitions = new DefinitionsRead(inspection.redaction);
  }

  accept(request: IncomingMessage, socket: Duplex, head: Head): void {
    if (this.#server.clients.size >= MOST_SOCKETS) {
      refuseUpgrade(socket, 503);
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => {
      this.#count += 1;
      const reader = new OfficialReader(this.#inspection, this.#definitions, this.#count);
      // A message that is too long closes the connection; that is all there is to do.
      connection.on('error', () => undefined);
      connection.on('message', (data, isBinary) => {
        if (!isBinary) reader.read(textOf(data));
      });
    });
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }
}

function textOf(data: unknown): string {
  return data instanceof Uint8Array ? new TextDecoder().decode(data) : '';
}
