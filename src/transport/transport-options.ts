// What a program may say about its transports.
import { environmentKind } from '../../machines/driver-shape.js';
import type { Shape } from '../../machines/given.js';
import type { Clock } from '../timing/clock.js';
import type { FramingLimits } from './stream-framing.js';
import type { ListenTlsOptions, TlsOptions } from './tls.js';

/** How messages are carried. Everything has a default. */
export interface TransportOptions {
  /** Counts the time to connect and the idle time. Default: the clock of the system. */
  readonly environment?: { readonly clock: Clock };
  /** The local addresses to send from and to listen at. Default: any, `0.0.0.0` and `::`. */
  readonly bind?: { readonly ipv4?: string; readonly ipv6?: string };
  /** The local port of UDP. Default: one that is free. */
  readonly udpPort?: number;
  /** Ports at which servers may open connections to us; port 0 is one that is free. Default: none. */
  readonly listen?: { readonly tcp?: number; readonly tls?: ListenTlsOptions };
  /** The host, and perhaps the port, that stands in the Via instead of the local ones, as with a fixed NAT binding. */
  readonly sentBy?: { readonly host: string; readonly port?: number };
  /** The path MTU in octets, where it is known: requests within 200 of it go over TCP (RFC 3261 §18.1.1). */
  readonly pathMtu?: number;
  readonly tls?: TlsOptions;
  /** How long a connection may take to be established, and octets to be taken. Default: 5000 ms. */
  readonly connectMs?: number;
  /**
   * How long a connection with nothing on it stays open. Default: 600,000 ms: an INVITE may ring for minutes, and its
   * response comes on this connection.
   */
  readonly idleMs?: number;
  readonly framing?: Partial<FramingLimits>;
}

/** What the options are, member by member; a user agent client takes its environment from its core. */
export const carryingShape: Shape<Omit<TransportOptions, 'environment'>> = {
  bind: 'object',
  udpPort: 'port',
  listen: 'object',
  sentBy: { host: 'text' },
  pathMtu: 'amount',
  tls: 'object',
  connectMs: 'milliseconds',
  idleMs: 'milliseconds',
  framing: 'object',
};

export const transportShape: Shape<TransportOptions> = {
  ...carryingShape,
  environment: { clock: environmentKind.clock },
};

export const CONNECT_MS = 5000;
export const IDLE_MS = 600_000;

/** The most octets that a request for UDP may have before it goes over TCP (RFC 3261 §18.1.1). */
export function datagramLimit(pathMtu: number | undefined): number {
  return pathMtu === undefined ? 1300 : pathMtu - 200;
}
