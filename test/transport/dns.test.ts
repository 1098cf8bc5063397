import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { resolveServers, serverUri, systemDns } from '../../src/transport/index.js';
import { closeLater } from './peers.js';

const NAPTR = 35;
const SRV = 33;
const NO_SUCH_NAME = 3;
const SERVER_FAILURE = 2;

/** A DNS server on the loopback interface with one record of each kind; other names do not exist. */
async function dnsServer(): Promise<string> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = questionOf(query);
    const data =
      name === 'example.com' && type === NAPTR
        ? naptrData()
        : name === '_sip._tcp.example.com' && type === SRV
          ? srvData()
          : undefined;
    const code = name === 'broken.example' ? SERVER_FAILURE : data === undefined ? NO_SUCH_NAME : 0;
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x8180 | code, 2);
    header.writeUInt16BE(data === undefined ? 0 : 1, 6);
    header.writeUInt32BE(0, 8);
    const answer = data === undefined ? Buffer.alloc(0) : record(type, data);
    socket.send(Buffer.concat([header, query.subarray(12, end), answer]), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  closeLater(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  return `127.0.0.1:${socket.address().port}`;
}

function questionOf(query: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** Its name is a pointer to the question. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([head, data]);
}

function naptrData(): Buffer {
  const strings = ['s', 'SIP+D2T', ''].map((text) => Buffer.from([text.length, ...Buffer.from(text)]));
  return Buffer.concat([Buffer.from([0, 50, 0, 10]), ...strings, nameData('_sip._tcp.example.com')]);
}

function srvData(): Buffer {
  return Buffer.concat([Buffer.from([0, 1, 0, 2, 0x13, 0xce]), nameData('localhost')]);
}

function nameData(name: string): Buffer {
  return Buffer.concat([
    ...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);
}

describe('systemDns', () => {
  it('gives records in our words', async () => {
    const dns = systemDns([await dnsServer()]);
    expect(await dns.naptr('example.com')).toEqual([
      { flags: 's', service: 'SIP+D2T', regexp: '', replacement: '_sip._tcp.example.com', order: 50, preference: 10 },
    ]);
    expect(await dns.srv('_sip._tcp.example.com')).toEqual([
      { priority: 1, weight: 2, port: 5070, target: 'localhost' },
    ]);
  });

  it('tells names that do not exist from an answer that is not known', async () => {
    const dns = systemDns([await dnsServer()]);
    expect(await dns.srv('_sip._udp.example.org')).toEqual([]);
    await expect(dns.srv('broken.example')).rejects.toMatchObject({ code: 'ESERVFAIL' });
  });

  it('leads from NAPTR by SRV to the address of a host (RFC 3263 §4)', async () => {
    const set = await resolveServers('sip:bob@example.com', { dns: systemDns([await dnsServer()]) });
    const uris = set.kind === 'servers' ? set.servers.map(serverUri) : [];
    expect(uris).toContain('sip:127.0.0.1:5070;transport=tcp');
  });
});
