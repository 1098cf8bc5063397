// Via (RFC 3261 §20.42, §18.2.1): the way a response takes, topmost first.

import { allHeaders, firstHeader } from './header-list.js';
import type { Header } from './message.js';
import { paramOf, readParams, type Param } from './params.js';
import { splitOutside } from './split-outside.js';
import { readTokenList } from './token-list.js';

/** The topmost Via. */
export interface Via {
  /** Host and, where there is one, port: `host.example.com:5060`, without LWS. */
  readonly sentBy: string;
  /** In upper case: `UDP`, `TCP`, `TLS`, `WSS`. */
  readonly transport: string;
  readonly branch?: string;
  readonly params: readonly Param[];
}

/** Reads the topmost Via; undefined when there is none or it has not the form of one. */
export function topVia(headers: readonly Header[]): Via | undefined {
  const [top = ''] = splitOutside(firstHeader(headers, 'Via') ?? '', ',');
  const [head = '', ...tail] = splitOutside(top, ';');
  const match = /^[^\s/]+\s*\/\s*[^\s/]+\s*\/\s*([^\s/]+)\s+(\S[^]*)$/.exec(head.trim());
  if (match === null) return undefined;
  const [, transport = '', sentBy = ''] = match;
  const params = readParams(tail);
  const branch = paramOf(params, 'branch');
  return {
    sentBy: sentBy.replace(/\s+/g, ''),
    transport: transport.toUpperCase(),
    ...(branch === undefined ? {} : { branch }),
    params,
  };
}

/** How many Via values there are, whether in rows of their own or joined by commas. */
export function countVias(headers: readonly Header[]): number {
  return readTokenList(allHeaders(headers, 'Via')).length;
}

/** The Via value with another branch. Only the branch of the first Via of the value changes; it is added if absent. */
export function withBranch(viaValue: string, branch: string): string {
  const at = plainBranchAt(viaValue);
  if (at >= 0) {
    const end = viaValue.indexOf(';', at);
    return viaValue.slice(0, at) + branch + (end < 0 ? '' : viaValue.slice(end));
  }
  const [top = ''] = splitOutside(viaValue, ',');
  return branched(top, branch) + viaValue.slice(top.length);
}

/** Where the branch of a Via begins that is written as nearly all are, as the first parameter; -1 for others. */
function plainBranchAt(via: string): number {
  const found = via.indexOf(';');
  return found >= 0 && via.startsWith(PLAIN_BRANCH, found) && !MAY_HIDE.test(via) ? found + PLAIN_BRANCH.length : -1;
}

const PLAIN_BRANCH = ';branch=';
/** Quotes, comments, brackets, further Vias, and spaces that are kept. */
const MAY_HIDE = /["(<,]|\s(?:;|$)/;

function branched(via: string, branch: string): string {
  let at = 0;
  for (const piece of splitOutside(via, ';')) {
    if (BRANCH.test(piece)) return via.slice(0, at) + withValue(piece, branch) + via.slice(at + piece.length);
    at += piece.length + 1;
  }
  return `${via.trimEnd()};branch=${branch}${via.slice(via.trimEnd().length)}`;
}

const BRANCH = /^\s*branch\s*(?:=|$)/i;

function withValue(piece: string, branch: string): string {
  const lead = piece.slice(0, piece.length - piece.trimStart().length);
  return `${lead}branch=${branch}${piece.slice(piece.trimEnd().length)}`;
}
