// TCP and TLS as they come: closed at any moment, cut anywhere, in drops or all at once, or dead without a word.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate, type CertificateFile } from '../peers/certificate.js';
import { runSend } from '../peers/command.js';
import {
  answer,
  startServer,
  type Arrival,
  type Script,
  type ScriptedServer,
  type WayBack,
} from '../peers/scripted-server.js';
import { transactionsOf } from '../sent-requests.js';

const alice = ['--from', 'sip:alice@example.test', '--user', 'alice', '--password', 'wonderland'];
const register = ['REGISTER', 'sip:example.test', ...alice];
const invite = [
  'INVITE',
  'sip:bob@example.test',
  ...alice,
  '--body',
  new URL('../bodies/pcmu.sdp', import.meta.url).pathname,
];

interface Fault {
  readonly does: string;
  readonly words?: readonly string[];
  readonly script: Script;
  readonly attempts: number;
  /** Connections that are opened; of the first server, where there are two. */
  readonly connections: number;
  /** A second server answers with 200. */
  readonly second?: boolean;
}

/** 401, then 200, each carried as this says. */
function carried(by: (text: string, back: WayBack) => void): Script {
  return (request, back, number) => by(firstOrLast(request, number), back);
}

const faults: readonly Fault[] = [
  {
    does: 'opens another connection when the one before was closed behind the response',
    script: (request, back, number) => {
      back.send(number === 1 ? answer(request, 500, ['Retry-After: 1']) : answer(request, 200));
      back.end();
    },
    attempts: 2,
    connections: 2,
  },
  {
    does: 'opens another connection when the one before was reset behind the response',
    script: (request, back, number) => {
      back.send(number === 1 ? answer(request, 500, ['Retry-After: 1']) : answer(request, 200));
      setTimeout(() => back.destroy(), 100);
    },
    attempts: 2,
    connections: 2,
  },
  {
    does: 'reads responses that come one octet at a time',
    script: carried((text, back) => void dribble(text, back)),
    attempts: 2,
    connections: 1,
  },
  {
    does: 'reads 100 and a final response in one segment, and what comes behind it',
    script: (request, back, number) => {
      const final = firstOrLast(request, number);
      back.send(answer(request, 100) + final + final + answer(request, 500));
    },
    attempts: 2,
    connections: 1,
  },
  {
    does: 'reads a response behind keep-alives',
    script: carried((text, back) => back.send(`\r\n\r\n\r\n${text}\r\n\r\n`)),
    attempts: 2,
    connections: 1,
  },
  ...[1, 2, 3].map((octets): Fault => ({
    does: `reads a response that is cut ${octets} octets before the end of its header`,
    script: carried((text, back) => inParts(text, text.length - octets, back)),
    attempts: 2,
    connections: 1,
  })),
  {
    does: 'reads a response whose Content-Length is cut in two',
    script: carried((text, back) => inParts(text, text.indexOf('Content-Length') + 7, back)),
    attempts: 2,
    connections: 1,
  },
  {
    does: 'reads the header in one segment, and the body later',
    words: invite,
    script: (request, back) => {
      if (request.method !== 'INVITE') back.send(answer(request, 200));
      else {
        const rows = [`Contact: <sip:bob@127.0.0.1:${request.server}>`, 'Content-Type: application/sdp'];
        const text = answer(request, 180) + answer(request, 200, rows, 'v=0\r\no=b 1 1 IN IP4 127.0.0.1\r\ns=-\r\n');
        inParts(text, text.lastIndexOf('\r\n\r\n') + 4, back);
      }
    },
    attempts: 1,
    connections: 1,
  },
  {
    does: 'goes to the next server when the connection is closed before the response, once timer F has fired',
    script: (_, back) => back.end(),
    attempts: 2,
    connections: 1,
    second: true,
  },
  {
    does: 'goes to the next server when the response is cut off, once timer F has fired',
    script: (request, back) => {
      back.send(answer(request, 200).slice(0, 100));
      back.end();
    },
    attempts: 2,
    connections: 1,
    second: true,
  },
  {
    does: 'goes to the next server when the peer is dead without a word, once timer F has fired',
    script: (request, back, number) => {
      if (number === 1) back.send(firstOrLast(request, number));
    },
    attempts: 3,
    connections: 1,
    second: true,
  },
];

describe('sip-retry send over connections', () => {
  let certificate: CertificateFile;
  beforeAll(() => {
    certificate = makeCertificate();
  });
  afterAll(() => certificate.remove());

  const slowFirst = [...faults].sort((one, other) => Number(other.second ?? false) - Number(one.second ?? false));
  for (const fault of slowFirst) {
    for (const transport of fault.second === true ? (['tcp'] as const) : (['tcp', 'tls'] as const)) {
      it.concurrent(`${fault.does} (${transport})`, async ({ task }) => {
        const { words = register, script, attempts, connections } = fault;
        const tls = transport === 'tls' ? { tls: certificate } : {};
        const server = await startServer(script, tls);
        const second =
          fault.second === true ? await startServer((request, back) => back.send(answer(request, 200))) : undefined;
        const servers = [server, second].flatMap((one) =>
          one === undefined ? [] : ['--server', `${transport}:127.0.0.1:${one.port}`],
        );
        const send = await runSend([...words, ...servers], { NODE_EXTRA_CA_CERTS: certificate.file });
        await Promise.all([server.close(), second?.close()]);
        task.meta.seen = `${send.outcome ?? 'nothing'} ${send.attempts ?? 0} attempts, ${server.connections.length} connections, ${send.ms} ms`;
        expect(send, send.text).toMatchObject({ outcome: 'accepted', code: 0, attempts });
        expect(server.connections).toHaveLength(connections);
        expect(transactionsOf(send, words[0] ?? '')).toHaveLength(attempts);
        expect(server.arrivals.filter(({ isAgain }) => isAgain)).toEqual([]);
      });
    }
  }

  it.concurrent.each(['refused', 'mute'] as const)(
    'goes to the next server when the TLS handshake is %s',
    async (tls) => {
      const accept: Script = (request, back) => back.send(answer(request, 200));
      const servers = [await startServer(accept, { tls }), await startServer(accept, { tls: certificate })] as const;
      const words = servers.flatMap(({ port }) => ['--server', `tls:127.0.0.1:${port}`]);
      const send = await runSend([...register, ...words], { NODE_EXTRA_CA_CERTS: certificate.file });
      await Promise.all(servers.map((server) => server.close()));
      expect(send, send.text).toMatchObject({ outcome: 'accepted', code: 0, attempts: 2 });
      // One to learn the local address, one for the request.
      expect(servers[0].connections.length).toBeLessThanOrEqual(2);
      expect(servers[1].arrivals).toHaveLength(1);
    },
  );

  it.concurrent(
    'goes on with a server that was started again while its Retry-After was waited for',
    async ({ task }) => {
      const restarted: ScriptedServer[] = [];
      const first = await startServer((request, back) => {
        back.send(answer(request, 500, ['Retry-After: 2']));
        void sleep(200)
          .then(() => first.close())
          .then(() => startServer((again, way) => way.send(answer(again, 200)), { port: first.port }))
          .then((server) => restarted.push(server));
      });
      const send = await runSend([...register, '--server', `tcp:127.0.0.1:${first.port}`]);
      await Promise.all(restarted.map((server) => server.close()));
      task.meta.seen = `${send.outcome ?? 'nothing'} ${send.attempts ?? 0} attempts, ${send.ms} ms`;
      expect(send, send.text).toMatchObject({ outcome: 'accepted', code: 0, attempts: 2 });
      expect(restarted[0]?.arrivals).toHaveLength(1);
    },
  );
});

function firstOrLast(request: Arrival, number: number): string {
  return number === 1
    ? answer(request, 401, ['WWW-Authenticate: Digest realm="example.test", nonce="n", qop="auth"'])
    : answer(request, 200);
}

async function dribble(text: string, back: WayBack): Promise<void> {
  for (const octet of text) {
    back.send(octet);
    await sleep(1);
  }
}

function inParts(text: string, cut: number, back: WayBack): void {
  back.send(text.slice(0, cut));
  setTimeout(() => back.send(text.slice(cut)), 80);
}
