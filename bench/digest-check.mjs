// An independent judge: whether a request text carries a right digest response. Nobody is timed before it has passed.
import { createHash } from 'node:crypto';

const md5 = (text) => createHash('md5').update(text).digest('hex');

/** @throws Error when the request does not answer a challenge with this nonce as RFC 7616 §3.4.1 says. */
export function checkAuthenticated(who, text, { username, password, realm }, nonce) {
  const fail = (why) => {
    throw new Error(`${who}: ${why}\n${text}`);
  };
  const method = text.slice(0, text.indexOf(' '));
  if (!/\r\n\r\n$/.test(text)) fail('the request does not end with an empty line');
  const rows = [...text.matchAll(/^authorization:\s*Digest\s+(.*)$/gim)];
  if (rows.length !== 1) fail(`there are ${rows.length} Authorization rows`);
  const params = Object.fromEntries(
    [...rows[0][1].matchAll(/([a-z]+)=(?:"([^"]*)"|([^,\s]+))/gi)].map(([, name, quoted, token]) => [
      name.toLowerCase(),
      quoted ?? token,
    ]),
  );
  if (params.nonce !== nonce) fail(`the nonce is ${params.nonce}, not ${nonce}`);
  if (params.realm !== realm || params.username !== username) fail('the realm or user name is wrong');
  const ha1 = md5(`${username}:${realm}:${password}`);
  const ha2 = md5(`${method}:${params.uri}`);
  const expected = md5(`${ha1}:${nonce}:${params.nc}:${params.cnonce}:${params.qop}:${ha2}`);
  if (params.response !== expected) fail(`the response is ${params.response}, not ${expected}`);
  const cseq = /^cseq:\s*(\d+)/im.exec(text);
  if (cseq !== null && Number(cseq[1]) < 1827) fail(`the CSeq is still ${cseq[1]}`);
}
