// Messages that others wrote: the archive of RFC 4475 Appendix A, messages printed in RFCs, and captures.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tagOf, uriOf } from '../../src/sip/address.js';
import { readContacts } from '../../src/sip/contact.js';
import { readCSeq } from '../../src/sip/cseq.js';
import { allHeaders, firstHeader } from '../../src/sip/header-list.js';
import { boundaryOf, readMediaType } from '../../src/sip/media-type.js';
import { partsOf } from '../../src/sip/multipart.js';
import { octetLength, octetsOf, textOf } from '../../src/sip/octets.js';
import { readMessage, type ReadMessage } from '../../src/sip/read-message.js';
import { readSipDate } from '../../src/sip/sip-date.js';
import { readTokenList } from '../../src/sip/token-list.js';
import { parseUri } from '../../src/sip/uri.js';
import { countVias, topVia } from '../../src/sip/via.js';
import { writeMessage } from '../../src/sip/write-message.js';
import { headerValueReaders } from './header-value-readers.js';
import { request, response } from './reading.js';

const folder = process.env['SIP_CORPUS'];

it('reads the corpus only where SIP_CORPUS names its folder', () => {
  if (folder === undefined) {
    console.info('SIP_CORPUS is not set: set it to a folder that holds rfc4475/, rfc-printed/ and captures/.');
  }
  expect(folder).not.toBe('');
});

/** The octets of all files of a kind; the list is empty where there is no corpus. */
function filesOf(kind: string, ending: string): readonly (readonly [name: string, octets: Uint8Array])[] {
  if (folder === undefined) return [];
  return readdirSync(join(folder, kind))
    .filter((name) => name.endsWith(ending))
    .map((name) => [name, new Uint8Array(readFileSync(join(folder, kind, name)))] as const);
}

function torture(name: string): ReadMessage {
  return readMessage(new Uint8Array(readFileSync(join(folder ?? '', 'rfc4475', `${name}.dat`))));
}

/** The same octets without any Via but the topmost: what the element sees for which the response is meant. */
function withTopViaOnly(octets: Uint8Array): Uint8Array {
  let vias = 0;
  return octetsOf(textOf(octets).replace(/^(?:via|v)\s*:.*\r?\n/gim, (row) => (++vias > 1 ? '' : row)));
}

describe.runIf(folder)('the archive of RFC 4475', () => {
  const all = filesOf('rfc4475', '.dat');

  it('is complete', () => {
    expect(all).toHaveLength(50);
  });

  it.each(all)('%s is read or refused without an exception, and so is each of its header fields', (_, octets) => {
    const read = readMessage(octets);
    expect(['request', 'response', 'discarded', 'unreadable']).toContain(read.kind);
    if (read.kind !== 'request' && read.kind !== 'response') return;
    const message = read.kind === 'request' ? read.request : read.response;
    for (const readValue of headerValueReaders) for (const [, value] of message.headers) readValue(value);
    const written = writeMessage(message);
    const again = readMessage(octetsOf(written));
    expect(again.kind).toBe(read.kind);
    expect(again.kind === 'request' ? writeMessage(again.request) : writeMessage(response(again))).toBe(written);
  });

  it.each([
    ['badvers', 'the SIP version is "7.0", not 2.0'],
    ['bigcode', 'the status code "4294967301" is not from 100 to 699'],
    ['bcast', 'there is more than one Via, so the response was meant for another element'],
    ['scalarlg', 'the CSeq number of "9292394834772304023312 OPTIONS" is beyond 32 bits'],
  ])('%s is discarded', (name, why) => {
    expect(torture(name)).toMatchObject({ kind: 'discarded', why });
  });

  it('test, which is a lone line of text, is no message', () => {
    expect(torture('test').kind).toBe('unreadable');
  });

  it('every other message is a request, but for the two responses with odd reason phrases', () => {
    const refused = ['badvers', 'bigcode', 'bcast', 'scalarlg', 'test'];
    const kinds = all.map(([name, octets]) => [name.replace('.dat', ''), readMessage(octets).kind]);
    expect(
      kinds
        .filter(([, kind]) => kind === 'response')
        .map(([name]) => name)
        .sort(),
    ).toEqual(['noreason', 'unreason']);
    expect(
      kinds
        .filter(([, kind]) => kind !== 'request' && kind !== 'response')
        .map(([name]) => name)
        .sort(),
    ).toEqual(refused.sort());
  });

  it('unreason and noreason have the reason phrases of §3.1.1.12 and §3.1.1.13', () => {
    expect(response(torture('unreason'))).toMatchObject({
      status: 200,
      reason: '= 2**3 * 5**2 но сто девяносто девять - простое',
    });
    expect(response(torture('noreason'))).toMatchObject({ status: 100, reason: '' });
  });

  it('wsinv has the values that its odd spacing means (§3.1.1.1)', () => {
    const { uri, headers, body } = request(torture('wsinv'));
    expect(uri).toBe('sip:vivekg@chair-dnrc.example.com;unknownparam');
    expect(tagOf(firstHeader(headers, 'To') ?? '')).toBe('1918181833n');
    expect(uriOf(firstHeader(headers, 'To') ?? '')).toBe('sip:vivekg@chair-dnrc.example.com');
    expect(tagOf(firstHeader(headers, 'From') ?? '')).toBe('98asjd8');
    expect(readContacts([firstHeader(headers, 'From') ?? ''])[0]?.display).toBe('J Rosenberg \\"');
    expect(firstHeader(headers, 'Max-Forwards')).toBe('0068');
    expect(readCSeq(headers)).toEqual({ number: 9, method: 'INVITE' });
    expect(countVias(headers)).toBe(3);
    expect(topVia(headers)).toMatchObject({ transport: 'UDP', sentBy: '192.0.2.2', branch: '390skdjuw' });
    expect(firstHeader(headers, 'Subject')).toBe('');
    expect(firstHeader(headers, 'newfangledheader')).toBe('newfangled value continued newfangled value');
    expect(readContacts(allHeaders(headers, 'Contact'))).toEqual([
      {
        display: 'Quoted string ""',
        uri: 'sip:jdrosen@example.com',
        q: 0.33,
        params: [
          ['newparam', 'newvalue'],
          ['secondparam', undefined],
          ['q', '0.33'],
        ],
      },
    ]);
    expect(octetLength(body)).toBe(150);
  });

  it('intmeth has the widest method, user part and reason of §3.1.1.2', () => {
    const { method, uri, headers } = request(torture('intmeth'));
    expect(method).toBe("!interesting-Method0123456789_*+`.%indeed'~");
    expect(readCSeq(headers)?.method).toBe(method);
    expect(parseUri(uri)).toMatchObject({
      user: "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*",
      password: "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)",
      host: 'example.com',
    });
  });

  it('esc01 and semiuri keep their escapes and semicolons in the user part (§3.1.1.3, §3.1.1.9)', () => {
    expect(parseUri(request(torture('esc01')).uri)?.user).toBe('sips%3Auser%40example.com');
    expect(parseUri(request(torture('semiuri')).uri)?.user).toBe('user;par=u%40example.net');
  });

  it('mpart01 has its two parts, one of them binary (§3.1.1.11)', () => {
    const { headers, body } = request(torture('mpart01'));
    const mediaType = readMediaType(firstHeader(headers, 'Content-Type') ?? '');
    const parts = partsOf(body, (mediaType && boundaryOf(mediaType)) ?? '');
    expect(parts.map((part) => readMediaType(firstHeader(part.headers, 'Content-Type') ?? '')?.type)).toEqual([
      'text/plain',
      'application/octet-stream',
    ]);
    expect(octetLength(body)).toBe(Number(firstHeader(headers, 'Content-Length')));
  });

  it('longreq has all its values (§3.1.1.7)', () => {
    const { headers, body } = request(torture('longreq'));
    expect(countVias(headers)).toBe(34);
    expect(headers.some(([name]) => /^Unknown-(Long){20}-Name$/.test(name))).toBe(true);
    expect(octetLength(body)).toBe(150);
  });

  it('dblreq is cut behind its first message (§3.1.1.8)', () => {
    expect(request(torture('dblreq'))).toMatchObject({ method: 'REGISTER', body: '' });
  });

  it('baddate has a Date that is none (§3.1.2.12), clerr and ncl bodies of their own length', () => {
    expect(readSipDate(firstHeader(request(torture('baddate')).headers, 'Date') ?? '')).toBeUndefined();
    expect(octetLength(request(torture('clerr')).body)).toBe(154);
    expect(octetLength(request(torture('ncl')).body)).toBe(152);
  });

  it('bext01 requires what it requires (§3.3.5)', () => {
    const { headers } = request(torture('bext01'));
    expect(readTokenList(allHeaders(headers, 'Require'))).toEqual(['nothingSupportsThis', 'nothingSupportsThisEither']);
    expect(readTokenList(allHeaders(headers, 'Proxy-Require'))).toEqual([
      'noProxiesSupportThis',
      'norDoAnyProxiesSupportThis',
    ]);
  });
});

describe.runIf(folder)('messages printed in RFCs', () => {
  const all = filesOf('rfc-printed', '.sip');

  it('are there', () => {
    expect(all.length).toBeGreaterThan(30);
  });

  it.each(all)('%s has the status code of its name, and is discarded only for its second Via', (name, octets) => {
    const status = Number(/-(\d{3})\.sip$/.exec(name)?.[1]);
    expect(response(readMessage(withTopViaOnly(octets))).status).toBe(status);
    const vias = countVias(request(readMessage(asRequest(octets))).headers);
    expect(readMessage(octets)).toMatchObject(vias > 1 ? { kind: 'discarded' } : { response: { status } });
  });
});

describe.runIf(folder)('captures', () => {
  const responses = filesOf('captures', '.response.sip');
  const requests = [...filesOf('captures', '.request.sip'), ...filesOf('captures', '.next.sip')];

  it('are there', () => {
    expect([responses.length > 35, requests.length > 45]).toEqual([true, true]);
  });

  it.each(responses)('%s has the status code and the method of its name', (name, octets) => {
    const [, status = '', method = ''] = /^\d+-(\d{3})-(\w+)\./.exec(name) ?? [];
    const read = response(readMessage(withTopViaOnly(octets)));
    expect(read.status).toBe(Number(status));
    expect(readCSeq(read.headers)?.method).toBe(method.toUpperCase());
    expect(topVia(read.headers)?.branch).toMatch(/^z9hG4bK/);
    const vias = countVias(request(readMessage(asRequest(octets))).headers);
    expect(readMessage(octets)).toMatchObject(vias > 1 ? { kind: 'discarded' } : { response: { status: read.status } });
  });

  it.each(requests)('%s begins with a request', (_, octets) => {
    const { headers, method } = request(readMessage(octets));
    expect(readCSeq(headers)?.method).toBe(method);
    expect(tagOf(firstHeader(headers, 'From') ?? '')).toEqual(expect.any(String));
  });
});

/** A response with a Request-Line in place of its Status-Line: how the header fields read when nothing is discarded. */
function asRequest(octets: Uint8Array): Uint8Array {
  return octetsOf(textOf(octets).replace(/^SIP\/2\.0 \d{3}[^\r\n]*/, 'OPTIONS sip:a@example.com SIP/2.0'));
}
