// A message of a SIPp scenario as it goes out: every keyword filled in, the length of the body counted.
import { octetLength } from '../../sip/octets.js';
import { bracketed, type Endpoint, type TransportName } from '../../transport/server-address.js';
import { contactOf, numberOf, routesOf, rowOf, type Received } from './received.js';
import { filled, type Keyword, type PlainKeyword, type Template } from './template.js';
import type { Variables } from './variables.js';

/** What fills a message in. */
export interface Writing {
  readonly callNumber: number;
  readonly callId: string;
  /** The index of the command. */
  readonly at: number;
  readonly cseq: number;
  /** Milliseconds since the start. */
  readonly now: number;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly transport: TransportName;
  /** The message that came last. */
  readonly last: Received | undefined;
  /** The message that the route set is of. */
  readonly routed: Received | undefined;
  /** The tag of the peer, once a response has brought one: `;tag=…`. */
  readonly peerTag: string;
  readonly variables: Variables;
}

/** Where SIPp would send and receive media, if it did. */
const MEDIA_PORT = 6000;

/** The whole message, with line ends as SIP has them. */
export function writtenMessage(template: Template, writing: Writing): string {
  const lines = linesOf(filled(template, (keyword) => (isLength(keyword) ? LENGTH : fill(keyword, writing))));
  const gap = lines.indexOf('\r\n\r\n');
  const head = gap < 0 ? lines : lines.slice(0, gap);
  const body = gap < 0 || gap + 4 >= lines.length ? '' : `${lines.slice(gap + 4)}\r\n`;
  return `${head.replaceAll(LENGTH, String(octetLength(body)))}\r\n\r\n${body}`;
}

/** A text of an action. */
export function writtenText(template: Template, writing: Writing): string {
  return filled(template, (keyword) => fill(keyword, writing));
}

/** Stands for the length until it is known; no message has it. */
const LENGTH = '\u0000len\u0000';

function isLength(keyword: Keyword): boolean {
  return keyword.key === 'len';
}

function linesOf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n').trimEnd();
}

function fill(keyword: Keyword, writing: Writing): string {
  switch (keyword.key) {
    case 'last':
      return writing.last === undefined ? '' : rowOf(writing.last, keyword.header);
    case 'variable':
      return writing.variables.textOf(keyword.name);
    default:
      return plain(keyword.key, keyword.offset, writing);
  }
}

function plain(key: PlainKeyword, offset: number, writing: Writing): string {
  const { callNumber, callId, at, cseq, now, local, remote, transport, last, routed, peerTag } = writing;
  switch (key) {
    case 'service':
      return 'service';
    case 'remote_ip':
      return bracketed(remote.host);
    case 'remote_port':
      return String(remote.port + offset);
    case 'transport':
      return transport;
    case 'local_ip':
    case 'server_ip':
    case 'media_ip':
      return bracketed(local.host);
    case 'local_ip_type':
    case 'media_ip_type':
      return local.host.includes(':') ? '6' : '4';
    case 'local_port':
      return String(local.port + offset);
    case 'media_port':
    case 'auto_media_port':
      return String(MEDIA_PORT + offset);
    case 'call_number':
      return String(callNumber);
    case 'cseq':
      return String(cseq + offset);
    case 'pid':
      return '1';
    case 'call_id':
      return callId;
    case 'branch':
      return `z9hG4bK-1-${callNumber}-${at + offset}`;
    case 'msg_index':
      return String(at);
    case 'clock_tick':
    case 'timestamp':
      return String(now);
    case 'routes':
      return routed === undefined ? '' : routesOf(routed);
    case 'next_url':
      return routed === undefined ? '' : (contactOf(routed) ?? '');
    case 'peer_tag_param':
      return peerTag;
    case 'last_message':
      return last?.text ?? '';
    case 'last_cseq_number':
      return String((last === undefined ? 0 : numberOf(last)) + offset);
    case 'sipp_version':
      return '3.6.1';
    case 'len':
      return '';
  }
}
