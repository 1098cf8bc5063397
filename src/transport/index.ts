// What carries SIP messages on Node: sockets, RFC 3263 resolving, and the store in a folder.
export type { TransportEvents, Transports, ListeningPorts } from './transports.js';
export { createTransports } from './transport-layer.js';
export type { TransportOptions } from './transport-options.js';
export type { LaterFailure, LocalAddress, NotSent, Responded, SendResult, Sent } from './sent.js';
export type { Discarded, DiscardReason, Received, Source } from './inbox.js';
export type { Endpoint, ServerAddress, TransportName } from './server-address.js';
export { isReliable, readServerUri, serverUri } from './server-address.js';
export type { TransportFailure, TransportFailureCode } from './transport-failure.js';
export type { ServerSet } from './find-servers.js';
export type { ResolveOptions } from './resolve.js';
export { resolveServers } from './resolve.js';
export type { Dns, NaptrRecord } from './dns.js';
export { systemDns } from './system-dns.js';
export type { SrvRecord } from './srv-order.js';
export type { NextHopOptions } from './next-hop.js';
export { isSameHop, nextHopOf } from './next-hop.js';
export type { ListenTlsOptions, TlsOptions } from './tls.js';
export type { FramingLimits } from './stream-framing.js';
export { fileStore } from './file-store.js';
// A whole user agent client on top of them.
export { createUserAgentClient } from './user-agent-client.js';
export type { SendingFailure, UserAgentClient, UserAgentClientEvents } from './user-agent-client.js';
export type { UserAgentClientOptions, Way, WayEnds } from './user-agent-client.js';
export type { Call, CallEvents } from './call.js';
export type { PassedMessage } from './wire.js';
// What its requests and registrations are given.
export { secret } from '../digest/secret.js';
export type { Secret } from '../digest/secret.js';
export type { Credentials, CredentialsInput, CredentialsProvider } from '../digest/credentials.js';
export { SipRetryError } from '../sip/sip-retry-error.js';
export type { SipRetryErrorCode } from '../sip/sip-retry-error.js';
