// `sip-retry send` over a network that loses 30 % of what it carries: everything ends well, and nothing is begun twice.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/timing/random.js';
import { runSend, type SendVerdict } from '../peers/command.js';
import { startRegistrar, type Kamailio } from '../peers/kamailio.js';
import { answer, startServer, type Script } from '../peers/scripted-server.js';
import { branchOf, transactionsOf } from '../sent-requests.js';
import { whyPeersAreMissing } from '../setup.js';
import { header } from '../wrong-client/message.js';
import { openRelay, type Passing, type Weather } from './relay.js';

const RUNS = 30;
const weather: Weather = { loss: 0.3, duplication: 0.2, delay: 0.3, maxDelayMs: 60 };
const alice = ['--from', 'sip:alice@example.test', '--user', 'alice', '--password', 'wonderland'];

describe.skipIf(whyPeersAreMissing() !== undefined)('a REGISTER to Kamailio over a bad network', () => {
  let kamailio: Kamailio | undefined;
  beforeAll(async () => {
    kamailio = await startRegistrar();
  });
  afterAll(() => kamailio?.stop());

  for (let seed = 1; seed <= RUNS; seed += 1) {
    it.concurrent(`is accepted after its 401 (seed ${seed})`, async ({ task }) => {
      const relay = await openRelay(kamailio?.port ?? 0, seededRandom(`register ${seed}`), weather);
      const words = ['REGISTER', 'sip:example.test', '--server', `udp:127.0.0.1:${relay.port}`, ...alice];
      const send = await runSend(words);
      await relay.close();
      task.meta.seen = inWords(send, relay.passed);
      expect(send, send.text).toMatchObject({ outcome: 'accepted', code: 0, attempts: 2 });
      expect(begunWithoutReason(send, 'REGISTER')).toEqual([]);
      expect(branchesOf(relay.passed, 'REGISTER')).toHaveLength(2);
    });
  }
});

describe('a call over a bad network', () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    it.concurrent(`is accepted after its 407, and hung up (seed ${seed})`, async ({ task }) => {
      const server = await startServer(callee, { repeatsFinals: true });
      const relay = await openRelay(server.port, seededRandom(`invite ${seed}`), weather);
      const words = ['INVITE', 'sip:bob@example.test', '--server', `udp:127.0.0.1:${relay.port}`, ...alice];
      const send = await runSend([...words, '--body', OFFER]);
      const { arrivals } = server;
      await relay.close();
      await server.close();
      task.meta.seen = inWords(send, relay.passed);
      expect(send, send.text).toMatchObject({ outcome: 'accepted', code: 0, attempts: 2 });
      expect(begunWithoutReason(send, 'INVITE')).toEqual([]);
      const [first = '', second = ''] = branchesOf(relay.passed, 'INVITE');
      expect(branchesOf(relay.passed, 'INVITE')).toHaveLength(2);
      expect(branchesOf(relay.passed, 'BYE')).toHaveLength(1);
      expect(branchesOf(relay.passed, 'CANCEL')).toHaveLength(0);
      // Each final response that was delivered was acknowledged: a 407 in its transaction, a 200 by an ACK of its own.
      expect(acksOf(relay.passed, 1)).toBeGreaterThanOrEqual(deliveredFinals(relay.passed, first));
      expect(acksOf(relay.passed, 2)).toBeGreaterThanOrEqual(deliveredFinals(relay.passed, second));
      expect(deliveredFinals(relay.passed, second, 0)).toBeGreaterThan(0);
      // The callee knows that it is over, and knew before whom it talked to.
      expect(arrivals.filter(({ method }) => method === 'BYE').length).toBeGreaterThan(0);
    });
  }
});

const OFFER = new URL('../bodies/pcmu.sdp', import.meta.url).pathname;

const callee: Script = (request, back) => {
  if (request.method !== 'INVITE') back.send(answer(request, 200));
  else if (header(request.message, 'Proxy-Authorization') === undefined) {
    back.send(answer(request, 407, ['Proxy-Authenticate: Digest realm="proxy.test", nonce="n", qop="auth"']));
  } else {
    back.send(answer(request, 100));
    back.send(answer(request, 180));
    back.send(answer(request, 200, [`Contact: <sip:bob@127.0.0.1:${request.server}>`]));
  }
};

/** The transactions after the first that no decision has asked for. */
function begunWithoutReason(send: SendVerdict, method: string): readonly string[] {
  const decisions = send.events.filter(({ event }) => event === 'decision').map(({ at }) => Number(at));
  const begun = transactionsOf(send, method);
  return begun.slice(1).flatMap(({ branch, at }, index) => ((decisions[index] ?? Infinity) <= at ? [] : [branch]));
}

function branchesOf(passed: readonly Passing[], method: string): readonly string[] {
  const requests = passed.filter(({ from, text }) => from === 'client' && text.startsWith(`${method} `));
  return [...new Set(requests.map(({ text }) => branchOf(text)))];
}

/** How many final responses of this INVITE reached the client while it could still say something. */
function deliveredFinals(passed: readonly Passing[], branch: string, timeToAnswerMs = 150): number {
  const last = passed.findLast(({ from }) => from === 'client')?.at ?? 0;
  return passed
    .filter(({ from, text }) => from === 'server' && /^SIP\/2\.0 [2-6]/.test(text) && branchOf(text) === branch)
    .filter(
      ({ text, deliveredAt = Infinity }) => /^CSeq: \d+ INVITE/im.test(text) && deliveredAt <= last - timeToAnswerMs,
    ).length;
}

function acksOf(passed: readonly Passing[], cseq: number): number {
  return passed.filter(({ text }) => text.startsWith('ACK ') && new RegExp(`^CSeq: ${cseq} ACK`, 'im').test(text))
    .length;
}

function inWords({ outcome, attempts, ms }: SendVerdict, passed: readonly Passing[]): string {
  const lost = passed.filter(({ copies }) => copies === 0).length;
  const doubled = passed.filter(({ copies }) => copies > 1).length;
  return `${outcome ?? 'nothing'} ${attempts ?? 0} attempts, ${ms} ms; ${passed.length} datagrams, ${lost} lost, ${doubled} doubled`;
}
