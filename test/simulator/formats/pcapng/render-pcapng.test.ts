import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { octetsOfAddress } from '../../../../src/simulator/formats/pcapng/address.js';
import { renderPcapng } from '../../../../src/simulator/formats/pcapng/render-pcapng.js';
import type { Transcript } from '../../../../src/simulator/transcript.js';
import { NOON, party, requestOf, responseTo, Transcribing, uac } from '../transcribing.js';
import { transcripts } from '../transcripts.js';
import { readCapture } from './capture-reader.js';

const names = Object.keys(transcripts) as (keyof typeof transcripts)[];
const messagesOf = ({ events }: Transcript) => events.filter((event) => event.type === 'message');
const [SYN, SYN_ACK, ACK, PSH_ACK, RST_ACK] = [0x02, 0x12, 0x10, 0x18, 0x14];

describe('renderPcapng', () => {
  it.each(names)('writes the messages of %s at their moments, all lengths and checksums right', (name) => {
    const transcript = transcripts[name]();
    const { packets } = readCapture(renderPcapng(transcript));
    const data = packets.filter((packet) => packet.data !== '');
    const messages = messagesOf(transcript);
    const decoder = new TextDecoder();
    // An octet that is no UTF-8 is one again in the file.
    const written = messages.map(({ text }) => decoder.decode(Buffer.from(text.replace(/\udc80/g, '\0'))));
    expect(data.map((packet) => packet.data.replace(/\ufffd/g, '\0'))).toEqual(written);
    for (const [index, { at }] of data.entries()) {
      const moment = (NOON + (messages[index]?.at ?? 0)) * 1_000;
      expect(at - moment).toBeGreaterThanOrEqual(0);
      expect(at - moment).toBeLessThan(50);
    }
    const times = packets.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('puts a decision as a comment on the response that it is about', () => {
    const { packets, comments, names: hosts } = readCapture(renderPcapng(transcripts.registration()));
    const brief = packets.find(({ data }) => data.startsWith('SIP/2.0 423'));
    expect(brief?.comments).toContainEqual(
      expect.stringMatching(/^decision: raise the interval: Expires 600\. .*RFC 3261 §10\.2\.8/),
    );
    expect(packets[0]?.comments).toEqual(['lost in the network']);
    expect(packets[1]?.comments).toContain('a retransmission');
    expect(packets.at(-1)?.comments).toContain('outcome: accepted with 200 after 3 attempts');
    expect(comments[0]).toContain('A registrar challenges, then finds the interval too brief');
    expect(hosts).toEqual(['uac', 'registrar']);
  });

  it('opens a TCP connection with a handshake, and goes on with its sequence numbers (RFC 9293 §3.5)', () => {
    const { packets } = readCapture(renderPcapng(transcripts.callThroughProxies()));
    const first = packets.filter(
      ({ sourcePort, destinationPort }) => sourcePort === 49_152 || destinationPort === 49_152,
    );
    expect(first.slice(0, 4).map(({ tcp }) => tcp?.flags)).toEqual([SYN, SYN_ACK, ACK, PSH_ACK]);
    const next = new Map<number, number>();
    for (const { tcp, sourcePort, data } of first) {
      const { sequence = 0, acknowledgement = 0, flags = 0 } = tcp ?? {};
      expect(sequence).toBe(next.get(sourcePort) ?? sequence);
      const other = next.get(sourcePort === 5060 ? 49_152 : 5060);
      if (flags !== SYN) expect(acknowledgement).toBe(other);
      next.set(sourcePort, sequence + data.length + (flags === SYN || flags === SYN_ACK ? 1 : 0));
    }
    expect(first.some(({ sourcePort, data }) => sourcePort === 5060 && data.startsWith('SIP/2.0 407'))).toBe(true);
  });

  it.each([
    ['refused', [SYN, RST_ACK]],
    ['down', [SYN]],
  ] as const)('shows the attempt to connect to a server that is %s, and what was not sent', (lost, flags) => {
    const script = new Transcribing('x', [uac, party('server', '192.0.2.1')], 'TCP');
    script.pass(0, 'uac', 'server', requestOf('OPTIONS', 'sip:example.com', 1), 'r', { lost });
    const { packets } = readCapture(renderPcapng(script.done()));
    expect(packets.map(({ tcp }) => tcp?.flags)).toEqual(flags);
    expect(packets[0]?.comments).toContain('not sent: OPTIONS sip:example.com SIP/2.0');
  });

  it('writes TLS in plain to port 5060, and says so', () => {
    const script = new Transcribing('x', [uac, party('server', '192.0.2.1', 'server', 5061)], 'TLS');
    script.pass(0, 'uac', 'server', requestOf('OPTIONS', 'sips:example.com', 1), 'r');
    const message = readCapture(renderPcapng(script.done())).packets.at(-1);
    expect(message).toMatchObject({ destinationPort: 5060, sourcePort: 49_152 });
    expect(message?.comments).toContain('sent over TLS; written here in plain TCP');
  });

  it('writes IPv6, and IPv4 beside it as IPv4-mapped (RFC 4291 §2.5.5.2)', () => {
    const [first] = readCapture(renderPcapng(transcripts.hostilePeer())).packets;
    expect(first?.source).toBe('0.0.0.0.0.0.0.0.0.0.255.255.198.51.100.7');
    expect(first?.destination).toBe('32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.102');
  });

  it('holds a message of any length, in as many segments as it needs', () => {
    const script = new Transcribing('x', [uac, party('server', '192.0.2.1')], 'TCP');
    script.pass(0, 'uac', 'server', requestOf('MESSAGE', 'sip:example.com', 1, [], 'x'.repeat(150_000)), 'r');
    const data = readCapture(renderPcapng(script.done())).packets.map((packet) => packet.data);
    expect(data.join('')).toBe(messagesOf(script.done())[0]?.text);
    expect(data.filter((part) => part !== '')).toHaveLength(3);
  });

  it('has right checksums for whatever octets', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('UDP', 'TCP', 'TLS'),
        fc.constantFrom('192.0.2.1', '2001:db8::1', 'no.address'),
        (body, transport, host) => {
          const script = new Transcribing(body, [uac, party(body, host)], transport);
          const options = requestOf('OPTIONS', 'sip:example.com', 1);
          script.pass(0, 'uac', body, options, 'r');
          script.pass(1, body, 'uac', responseTo(options, 200, 'OK', [], body), 'r');
          readCapture(renderPcapng(script.done()));
        },
      ),
    );
  });
});

describe('octetsOfAddress', () => {
  it.each([
    ['192.0.2.1', [192, 0, 2, 1]],
    ['::', Array.from({ length: 16 }, () => 0)],
    ['2001:db8::1', [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ['[2001:db8::1]', [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ['::ffff:192.0.2.1', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 192, 0, 2, 1]],
  ])('reads %s (RFC 4291 §2.2)', (host, octets) => {
    expect([...(octetsOfAddress(host) ?? [])]).toEqual(octets);
  });

  it.each([
    'example.com',
    '1.2.3',
    '1.2.3.256',
    '1.2.3.',
    '1::2::3',
    '12345::',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8::',
    'g::',
  ])('finds no address in %s', (host) => {
    expect(octetsOfAddress(host)).toBeUndefined();
  });
});

const hasTshark = spawnSync('tshark', ['--version']).status === 0;

describe.skipIf(!hasTshark)('tshark', () => {
  const wellFormed = names.filter((name) => name !== 'hostilePeer');

  it.each([...wellFormed.map((name) => [name, transcripts[name]()] as const), ['tls', overTls()] as const])(
    'dissects every message of %s as SIP, with good checksums and nothing to complain of',
    (_, transcript) => {
      const rows = dissect(renderPcapng(transcript));
      const messages = rows.filter(({ protocol }) => protocol.startsWith('SIP'));
      expect(messages.map(({ line }) => line)).toEqual(
        messagesOf(transcript).map(({ text }) => text.slice(0, text.indexOf('\r\n'))),
      );
      for (const { statuses } of rows) for (const status of statuses) expect(status).toBe('1');
      expect(rows.filter(({ severity }) => severity >= WARN)).toEqual([]);
      expect(rows.filter(({ malformed }) => malformed)).toEqual([]);
    },
  );

  it('dissects what a hostile peer sends as SIP, too, with good checksums', () => {
    const rows = dissect(renderPcapng(transcripts.hostilePeer()));
    expect(rows.map(({ protocol }) => protocol)).toEqual(messagesOf(transcripts.hostilePeer()).map(() => 'SIP'));
    expect(rows.flatMap(({ statuses }) => statuses).every((status) => status === '1')).toBe(true);
  });
});

function overTls(): Transcript {
  const script = new Transcribing('x', [uac, party('server', '192.0.2.1', 'server', 5061)], 'TLS');
  const options = requestOf('OPTIONS', 'sips:example.com', 1);
  script.pass(0, 'uac', 'server', options, 'r');
  script.pass(20, 'server', 'uac', responseTo(options, 200, 'OK'), 'r');
  return script.done();
}

/** PI_WARN of Wireshark; notes and chats tell of handshakes and repetitions. */
const WARN = 0x0060_0000;

function dissect(file: Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'capture-'));
  try {
    const path = join(folder, 'flow.pcapng');
    writeFileSync(path, file);
    const checks = ['udp', 'tcp', 'ip'].flatMap((layer) => ['-o', `${layer}.check_checksum:TRUE`]);
    const fields = [
      '_ws.col.Protocol',
      'sip.Request-Line',
      'sip.Status-Line',
      'udp.checksum.status',
      'tcp.checksum.status',
      'ip.checksum.status',
      '_ws.expert.severity',
      '_ws.malformed',
    ];
    const text = execFileSync(
      'tshark',
      ['-r', path, ...checks, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    return text
      .trimEnd()
      .split('\n')
      .map((row) => {
        const [protocol = '', request = '', status = '', udp = '', tcp = '', ip = '', severity = '', malformed = ''] =
          row.split('\t');
        return {
          protocol,
          line: request + status,
          statuses: [udp, tcp, ip].filter((one) => one !== ''),
          severity: Math.max(0, ...severity.split(',').map(Number)),
          malformed: malformed !== '',
        };
      });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
