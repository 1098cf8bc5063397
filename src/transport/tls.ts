// TLS over TCP: the certificate must be for the host of the URI (RFC 3261 §26.3.1, RFC 5922 §7).
import { Buffer } from 'node:buffer';
import type { Server, Socket } from 'node:net';
import { connect, createServer, type ConnectionOptions } from 'node:tls';
import type { Endpoint, ServerAddress } from './server-address.js';
import { checkSipIdentity } from './sip-identity.js';
import { listening, type Connecting } from './tcp.js';

/** PEM text, or several. */
export type Pem = string | Uint8Array | readonly (string | Uint8Array)[];

/** Whom to trust, and who we are. */
export interface TlsOptions {
  /** Certificates of the authorities that are trusted, in PEM. Default: those that Node knows. */
  readonly ca?: Pem;
  /** `false` takes any certificate: for a test bench only, as anybody can then read and change everything. */
  readonly rejectUnauthorized?: boolean;
  /** Accepts a certificate for `*.example.com`, which RFC 5922 §7.2 forbids. Default: false. */
  readonly allowWildcards?: boolean;
  /** A certificate of our own, for servers that ask for one. */
  readonly cert?: Pem;
  readonly key?: string | Uint8Array;
}

/** A key and a certificate to listen with. */
export interface ListenTlsOptions {
  readonly port: number;
  readonly cert: Pem;
  readonly key: string | Uint8Array;
}

/** Begins to connect; `secureConnect` comes after the certificate was accepted. */
export function connectTls(to: ServerAddress, options: TlsOptions, localAddress?: string): Connecting {
  const socket = connect({
    host: to.host,
    port: to.port,
    ...(to.servername === undefined ? {} : { servername: to.servername }),
    ...(localAddress === undefined ? {} : { localAddress }),
    ...identityOf(options),
    ...(options.ca === undefined ? {} : { ca: pemOf(options.ca) }),
    rejectUnauthorized: options.rejectUnauthorized ?? true,
    minVersion: 'TLSv1.2',
    checkServerIdentity: (_, certificate) =>
      checkSipIdentity(to.servername ?? to.host, certificate, options.allowWildcards),
  });
  return { socket, ready: 'secureConnect' };
}

/** A listening server; rejects with the system's error, or with that of a key or certificate that cannot be read. */
export async function listenTls(
  at: Endpoint,
  options: ListenTlsOptions,
  onConnection: (socket: Socket) => void,
): Promise<Server> {
  const server = createServer({ ...identityOf(options), minVersion: 'TLSv1.2' }, onConnection);
  // A handshake that fails is the caller's affair.
  server.on('tlsClientError', () => undefined);
  return listening(server, at);
}

function identityOf({ cert, key }: Pick<TlsOptions, 'cert' | 'key'>): Pick<ConnectionOptions, 'cert' | 'key'> {
  return {
    ...(cert === undefined ? {} : { cert: pemOf(cert) }),
    ...(key === undefined ? {} : { key: pemOf(key) }),
  };
}

function pemOf(pem: Pem): (string | Buffer)[] {
  const parts = typeof pem === 'string' || pem instanceof Uint8Array ? [pem] : pem;
  return parts.map((part) => (typeof part === 'string' ? part : Buffer.from(part)));
}
