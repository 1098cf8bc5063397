// The registrar's own reading of a REGISTER: none of the code that it is there to check.
import { createHash } from 'node:crypto';

/** What the registrar looks at, or `undefined` when the text is no REGISTER. */
export function readRegister(text) {
  if (!text.startsWith('REGISTER ')) return undefined;
  const headers = new Map();
  for (const line of text.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    if (colon < 0) break;
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const header = (name) => headers.get(name) ?? '';
  return {
    user: /sip:([^@>]+)@/.exec(header('to'))?.[1] ?? '',
    branch: /branch=([^;,\s]+)/.exec(header('via'))?.[1] ?? '',
    fromTag: /;tag=([^;\s]+)/.exec(header('from'))?.[1] ?? '',
    cseq: Number.parseInt(header('cseq'), 10),
    expires: Number(header('expires')),
    header,
    authorization: headers.get('authorization'),
  };
}

/** Whether these credentials answer this nonce with this password (RFC 7616 §3.4, `qop=auth`, MD5). */
export function isRightDigest(authorization, { nonce, realm, password }) {
  const given = Object.fromEntries(
    [...authorization.matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]+))/g)].map(([, name, quoted, bare]) => [
      name,
      quoted ?? bare,
    ]),
  );
  const { username, uri, nc, cnonce, qop, response } = given;
  const ha1 = md5(`${username}:${realm}:${password}`);
  const right = md5(`${ha1}:${nonce}:${nc}:${cnonce}:${qop}:${md5(`REGISTER:${uri}`)}`);
  return given.realm === realm && given.nonce === nonce && nc === '00000001' && response === right;
}

const md5 = (text) => createHash('md5').update(text).digest('hex');
