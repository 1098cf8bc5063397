// Why a request could not be sent (RFC 3261 §18.4): what the transaction user treats as 503 (§8.1.3.1).
import type { Endpoint, TransportName } from './server-address.js';
import { bracketed } from './server-address.js';

/** What kind of failure it was. */
export type TransportFailureCode =
  /** Nothing listens there: an ICMP port unreachable, or a TCP reset while connecting. */
  | 'refused'
  /** There is no way to the host or its network. */
  | 'unreachable'
  | 'timedOut'
  /** The connection broke before the request was out. */
  | 'connectionLost'
  | 'certificateRejected'
  /** Larger than any datagram. */
  | 'tooLarge'
  /** DNS gave no address. */
  | 'unresolved'
  /** A URI or transport that is not spoken here. */
  | 'unsupported'
  /** `close` was called. */
  | 'closed'
  | 'failed';

/** A failure and a sentence about it. It is a value: what a peer or a network does throws nothing. */
export interface TransportFailure {
  readonly code: TransportFailureCode;
  readonly why: string;
  /** The system's word for it, such as `ECONNREFUSED`. */
  readonly system?: string;
}

/** What a socket's error means for a request to this server. */
export function failureOf(error: unknown, transport: TransportName, to: Endpoint): TransportFailure {
  const system = systemCode(error);
  const server = `${transport} ${bracketed(to.host)}:${to.port}`;
  if (isCertificateError(system)) return { code: 'certificateRejected', why: whyRejected(server, error), system };
  // OpenSSL has a word for each way in which a peer breaks off.
  const [code, sentence] = MEANINGS.get(system.startsWith('ERR_SSL_') ? 'EPROTO' : system) ?? UNKNOWN;
  const named = system === '' ? '' : ` (${system})`;
  return { code, why: `${server}: ${sentence}${named}.`, ...(system === '' ? {} : { system }) };
}

/** Why a local port could not be opened. */
export function listenFailureOf(error: unknown): TransportFailure {
  const system = systemCode(error);
  const why = `A local port could not be opened (${system || String(error)}): choose another port or address.`;
  return { code: 'failed', why, ...(system === '' ? {} : { system }) };
}

/** The `code` that Node gives its errors, or ''. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const UNKNOWN = ['failed', 'the system refused to send'] as const;

const MEANINGS: ReadonlyMap<string, readonly [TransportFailureCode, string]> = new Map(
  Object.entries<readonly [TransportFailureCode, string]>({
    ECONNREFUSED: ['refused', 'nothing listens on that port'],
    ENOPROTOOPT: ['refused', 'the host does not speak this protocol'],
    EPROTONOSUPPORT: ['refused', 'the host does not speak this protocol'],
    EPROTO: ['failed', 'the TLS handshake failed: check that the port speaks TLS'],
    EHOSTUNREACH: ['unreachable', 'there is no way to the host'],
    ENETUNREACH: ['unreachable', 'there is no way to the network'],
    ENETDOWN: ['unreachable', 'the network is down'],
    EADDRNOTAVAIL: ['unreachable', 'this machine has no address of that family'],
    EAFNOSUPPORT: ['unreachable', 'this machine has no address of that family'],
    EINVAL: ['unreachable', 'the local address cannot reach it'],
    ETIMEDOUT: ['timedOut', 'the host does not answer'],
    ECONNRESET: ['connectionLost', 'the connection was reset'],
    ECONNABORTED: ['connectionLost', 'the connection was aborted'],
    EPIPE: ['connectionLost', 'the connection was closed'],
    ECANCELED: ['connectionLost', 'the connection was closed'],
    ERR_STREAM_DESTROYED: ['connectionLost', 'the connection was closed'],
    ERR_STREAM_WRITE_AFTER_END: ['connectionLost', 'the connection was closed'],
    EMSGSIZE: ['tooLarge', 'the request is larger than a datagram can be'],
  }),
);

function isCertificateError(system: string): boolean {
  return /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^INVALID_(?:CA|PURPOSE)$|^PATH_LENGTH_EXCEEDED$|_CHAIN$/.test(system);
}

function whyRejected(server: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  const system = systemCode(error);
  if (system === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `${server}: ${reason}. Name the server as its certificate does.`;
  if (system === 'CERT_HAS_EXPIRED') return `${server}: its certificate has expired and must be renewed.`;
  return `${server}: its certificate was not accepted (${reason}). If it is from an authority of your own, give that authority's certificate as tls.ca, or to the whole program by NODE_EXTRA_CA_CERTS.`;
}
