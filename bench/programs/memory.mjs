// Bytes of heap for each request that waits, at 100,000 of them: each with its own request, parsed from its own text.
import { report } from '../measure.mjs';
import { keepActors, keepDriven, keepRecords } from '../waiting.mjs';

const COUNT = Number(process.env.BENCH_WAITING ?? 100_000);

const rows = {
  'the texts of the requests alone': bytesEach((text) => text),
  'plain RequestRecord': bytesEach(keepRecords()),
  'actor in `waiting`': bytesEach(keepActors()),
  'driven request in `waiting`': bytesEach(keepDriven()),
};
report({ unit: 'bytes', count: COUNT, rows });

function bytesEach(keep) {
  // What is made once (tables, compiled code, hidden classes) is no part of a request.
  const before = keptBy(keep, 200);
  const kept = new Array(COUNT);
  const start = heapUsed();
  for (let index = 0; index < COUNT; index += 1) kept[index] = keep(textOf(index), index);
  const bytes = (heapUsed() - start) / COUNT;
  if (kept.length !== COUNT || before.length !== 200) throw new Error('Somebody cleared up.');
  return { bytes: Math.round(bytes) };
}

function keptBy(keep, count) {
  return Array.from({ length: count }, (_, index) => keep(textOf(index), index));
}

/** An INVITE of about 600 octets, read from octets as from a socket, so that no two share a text. */
function textOf(index) {
  const number = String(index).padStart(6, '0');
  return Buffer.from(
    [
      `INVITE sip:bob${number}@biloxi.example.com SIP/2.0`,
      `Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK77ef4c2312983${number};rport`,
      'Max-Forwards: 70',
      `To: Bob <sip:bob${number}@biloxi.example.com>`,
      `From: Alice <sip:alice@atlanta.example.com>;tag=1928${number}`,
      `Call-ID: a84b4c76e66710${number}@pc33.atlanta.example.com`,
      'CSeq: 314159 INVITE',
      'Contact: <sip:alice@192.0.2.10:5060;transport=udp>',
      'Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, MESSAGE, SUBSCRIBE, INFO, UPDATE',
      'Supported: timer, replaces, outbound',
      'User-Agent: softphone/1.0',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  ).toString('latin1');
}

function heapUsed() {
  for (let pass = 0; pass < 4; pass += 1) globalThis.gc();
  return process.memoryUsage().heapUsed;
}
