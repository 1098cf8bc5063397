// The Authorization and Proxy-Authorization rows of the next request (RFC 3261 §22.2, §22.3).
import { sameRealm } from '../policy/challenge-choice.js';
import type { Challenge } from '../sip/challenge.js';
import { readChallengeRow } from '../sip/challenge-row.js';
import { hasHeader, hasKey, headerKey, removeHeader, replaceHeaders } from '../sip/header-list.js';
import type { Header, SipRequest } from '../sip/message.js';
import { isVerification, mirroredList } from '../sip/security-agreement.js';

/** Whose credentials a row carries: for the user agent, for a proxy, or none. */
export function credentialsKind(name: string): Challenge['kind'] | undefined {
  const key = headerKey(name);
  return key === 'authorization' ? 'user' : key === 'proxy-authorization' ? 'proxy' : undefined;
}

/** Whether the request carries credentials of any kind. */
export function carriesCredentials({ headers }: SipRequest): boolean {
  for (const row of headers) if (hasKey(row, 'authorization') || hasKey(row, 'proxy-authorization')) return true;
  return false;
}

/** The request with these rows as its only credentials, at the end, but before a Content-Length that closes the list. */
export function withCredentials(request: SipRequest, rows: readonly Header[]): SipRequest {
  const credentials = rows.filter(isCredential);
  const others = carriesCredentials(request) ? request.headers.filter((row) => !isCredential(row)) : request.headers;
  const last = others.at(-1);
  const closing = last !== undefined && headerKey(last[0]) === 'content-length' ? [last] : [];
  const headers = [...others.slice(0, others.length - closing.length), ...credentials, ...closing];
  return { ...request, headers: vouchedFor(headers, rows) };
}

/** The request with these rows behind those that it has; a Security-Verify with a `d-ver` takes its place instead. */
export function withMoreCredentials(request: SipRequest, rows: readonly Header[]): SipRequest {
  const credentials = rows.filter(isCredential);
  return { ...request, headers: vouchedFor([...request.headers, ...credentials], rows) };
}

/** Whether a row is computed from the password: credentials, or a Security-Verify with a `d-ver` (RFC 3329 §2.2). */
export function isComputed(row: Header): boolean {
  return isCredential(row) || isVerification(row);
}

/** The list that is mirrored, with the latest `d-ver` for just this list. */
function vouchedFor(headers: readonly Header[], rows: readonly Header[]): readonly Header[] {
  const verified = rows.findLast(isVerification);
  if (verified === undefined || !hasHeader(headers, 'Security-Verify')) return headers;
  const isOfList = mirroredList([verified]).join() === mirroredList(headers).join();
  return isOfList ? replaceHeaders(headers, 'Security-Verify', [verified[1]]) : headers;
}

/** The request without the rows that answer one of these challenges' realms: they were refused. */
export function withoutAnswersTo(request: SipRequest, challenges: readonly Challenge[]): SipRequest {
  if (challenges.length === 0 || !carriesCredentials(request)) return request;
  return { ...request, headers: request.headers.filter((row) => !answersOneOf(row, challenges)) };
}

/** Credentials for a user agent server are for the host that asked for them. */
export function withoutUserCredentials(request: SipRequest): SipRequest {
  return { ...request, headers: removeHeader(request.headers, 'Authorization') };
}

/** Whether a row carries credentials for the realm of one of these challenges. */
export function answersOneOf([name, value]: Header, challenges: readonly Challenge[]): boolean {
  const kind = credentialsKind(name);
  if (kind === undefined) return false;
  // No quoted string can hold this text, so a row need not be taken apart to be sure.
  if (challenges.some((challenge) => challenge.kind === kind && value.includes(` realm="${challenge.realm}"`)))
    return true;
  return readChallengeRow(value).some(({ params }) => {
    const realm = params.get('realm');
    return realm !== undefined && challenges.some((challenge) => sameRealm(challenge, { kind, realm }));
  });
}

function isCredential([name]: Header): boolean {
  return credentialsKind(name) !== undefined;
}
