// The parts of SIP.js 0.21 that the adapter touches, as types of its own: nothing of SIP.js is imported.

/** SIP.js's `URI`. */
export interface SipJsUri {
  scheme: string;
  user: string | undefined;
  host: string;
  port: number | undefined;
  clone(): SipJsUri;
  clearParams(): void;
  setParam(name: string, value: string | null | undefined): void;
  clearHeaders(): void;
}

/** SIP.js's `OutgoingRequestMessage`. */
export interface SipJsMessage {
  readonly method: string;
  readonly ruri: SipJsUri;
  readonly fromURI: SipJsUri;
  readonly toURI: SipJsUri;
  readonly toTag: string | undefined;
  readonly fromTag: string;
  readonly callId: string;
  readonly cseq: number;
  /** Written by the transaction that sends it. */
  readonly branch: string | undefined;
  readonly extraHeaders: readonly string[];
  readonly body: { readonly body: string; readonly contentType: string } | undefined;
  setHeader(name: string, value: string | string[]): void;
  toString(): string;
}

/** SIP.js's `IncomingResponseMessage`. One that SIP.js made itself, after a timeout or a transport error, has no `data`. */
export interface SipJsResponseMessage {
  readonly statusCode: number | undefined;
  readonly reasonPhrase: string | undefined;
  readonly data?: string;
  readonly body?: string;
  readonly headers: { readonly [name: string]: readonly { readonly raw: string }[] };
}

/** SIP.js's `IncomingResponse`; to an INVITE that was accepted it comes with its session and a way to acknowledge it. */
export interface SipJsIncoming {
  readonly message: SipJsResponseMessage;
  readonly session?: { bye(): unknown };
  ack?(): unknown;
}

/** SIP.js's `OutgoingRequestDelegate`. */
export interface SipJsDelegate<
  Accepted extends SipJsIncoming = SipJsIncoming,
  Progress extends SipJsIncoming = SipJsIncoming,
> {
  onAccept?(response: Accepted): void;
  onProgress?(response: Progress): void;
  onRedirect?(response: SipJsIncoming): void;
  onReject?(response: SipJsIncoming): void;
  onTrying?(response: SipJsIncoming): void;
}

/** SIP.js's `OutgoingRequest`. */
export interface SipJsOutgoing {
  cancel(): unknown;
  dispose(): void;
}

/** SIP.js's `Transport`. */
export interface SipJsTransport {
  readonly protocol: string;
  onMessage?: ((message: string) => void) | undefined;
}

/** What `makeOutgoingRequestMessage` is told besides URIs, header fields and body. */
export interface SipJsMessageOptions {
  callId?: string;
  cseq?: number;
  fromTag?: string;
  toTag?: string;
  routeSet?: string[];
  optionTags?: string[];
  userAgentString?: string;
}

/** SIP.js's `UserAgentCore`: `ua.userAgentCore`. */
export interface SipJsCore<
  Accepted extends SipJsIncoming = SipJsIncoming,
  Progress extends SipJsIncoming = SipJsIncoming,
> {
  readonly configuration: { readonly viaHost: string; authenticationFactory(): unknown };
  readonly transport: SipJsTransport;
  makeOutgoingRequestMessage(
    method: string,
    requestUri: SipJsUri,
    from: SipJsUri,
    to: SipJsUri,
    options: SipJsMessageOptions,
    extraHeaders?: string[],
    body?: { contentDisposition: string; contentType: string; content: string },
  ): SipJsMessage;
  invite(message: SipJsMessage, delegate?: SipJsDelegate<Accepted, Progress>): SipJsOutgoing;
  register(message: SipJsMessage, delegate?: SipJsDelegate): SipJsOutgoing;
  request(message: SipJsMessage, delegate?: SipJsDelegate): SipJsOutgoing;
}
