// Hours against a hostile server, over real sockets, with a clock that rushes: every sliding minute of them is counted.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/timing/random.js';
import type { Header } from '../../../src/sip/message.js';
import { makeCertificate, type CertificateFile } from '../peers/certificate.js';
import { answer, type Arrival, type Script } from '../peers/scripted-server.js';
import { header } from '../wrong-client/message.js';
import { requestFrom, rush } from './in-a-rush.js';
import { registerTraps } from './register-traps.js';
import { bound, faultsOf, inWords } from './run-trap.js';
import { busiestMinute, count, mostInAMinute, storms } from './storm.js';
import type { Trap } from './trap.js';

const HOUR = 3_600_000;
const HOURS = 4;

let certificate: CertificateFile;
beforeAll(() => {
  certificate = makeCertificate();
});
afterAll(() => certificate.remove());

describe(`a registration that is kept for ${HOURS} hours against a hostile registrar`, () => {
  for (const [index, trap] of registerTraps.entries()) {
    it.concurrent(`starts no storm: ${trap.name}`, async ({ task }) => {
      const { arrivals, connections, state, hours } = await keep(trap, index);
      const counted = count(arrivals);
      task.meta.seen = `${state}; ${inWords(counted, connections)}; by the hour: ${hours.join(', ')}`;
      expect(faultsOf(trap, counted, arrivals, connections, Infinity)).toEqual([]);
      // Each try is 8 attempts at most. After the first hour there is one each 15 to 30 minutes: 5 begin in an hour.
      // A registrar that grants too little is asked each 10 s: it is its own choice, and no more than 6 a minute.
      const mostInAnHour = trap.outcome === 'accepted' ? 360 : 40;
      expect(Math.max(...hours.slice(1))).toBeLessThanOrEqual(mostInAnHour);
    });
  }
});

/** Keeps a registration into a trap; what arrived, and how much in each hour. */
async function keep(trap: Trap, seed: number) {
  const laid = await rush(trap.script, { ...trap, seed, certificate });
  const { clock, client, servers } = laid;
  const supported: Header[] = (trap.words ?? []).flatMap((word): Header[] =>
    /^[A-Z][\w-]*: /.test(word) ? [[word.slice(0, word.indexOf(':')), word.slice(word.indexOf(':') + 2)]] : [],
  );
  const request = requestFrom('alice', 'REGISTER', 1, [['Expires', '600'], ...supported]);
  const registration = await client.register(request);
  registration.start();
  await clock.run(HOURS * HOUR);
  const { state } = registration;
  registration.stop();
  await laid.close();
  const arrivals = laid.arrivals();
  const connections = Math.max(...servers.map((server) => mostInAMinute(server.connections)));
  const began = arrivals.filter(({ isAgain }) => !isAgain);
  const hours = Array.from(
    { length: HOURS },
    (_, hour) => began.filter(({ at }) => at >= hour * HOUR && at < (hour + 1) * HOUR).length,
  );
  return { arrivals, connections, state, hours };
}

describe('many requests of one process', () => {
  for (const seed of [1, 2, 3, 4]) {
    it.concurrent(
      `stay within the bound against a server that changes its trap by chance (seed ${seed})`,
      async ({ task }) => {
        const random = seededRandom(seed);
        const laid = await rush(moody(random), { seed, certificate, servers: 2 });
        const { clock, client } = laid;
        const firsts = new Set<string>();
        let ended = 0;
        const methods = ['REGISTER', 'SUBSCRIBE', 'OPTIONS', 'MESSAGE'];
        for (let number = 0; number < REQUESTS; number += 1) {
          const method = methods[Math.floor(random() * methods.length)] ?? 'OPTIONS';
          const user = random() < 0.5 ? 'alice' : 'bob';
          const request = requestFrom(user, method, number, [['Expires', '600']]);
          clock.at(random() * 120_000, () => {
            void client.request(request).then((uac) => {
              uac.on('send', ({ request: sent, attempt }) => {
                if (attempt === 1) firsts.add(branchIn(sent.headers));
              });
              void uac.start().then(() => (ended += 1));
            });
          });
        }
        await clock.run(6 * HOUR, () => ended === REQUESTS);
        const minutes = Math.round(clock.now() / 60_000);
        await laid.close();
        // The first attempts of OPTIONS and MESSAGE are the application's own.
        const arrivals = laid.arrivals();
        const bounded = arrivals.filter(
          ({ method, branch }) => /^(?:REGISTER|SUBSCRIBE)$/.test(method) || !firsts.has(branch),
        );
        const counted = count(bounded);
        task.meta.seen = `${ended} requests in ${minutes} minutes; ${inWords(counted, 0)}`;
        expect(storms(counted, bound)).toEqual([]);
        expect(ended).toBe(REQUESTS);
        // Hostile enough: the bound was reached.
        expect(counted.busiest).toBe(bound.transactionsPerMinute);
      },
    );
  }

  it('exceed it where each has a core of its own: the count notices', async ({ task }) => {
    const laid = await rush(() => (request, back) => back.send(answer(request, 500)), { seed: 1, certificate });
    for (let number = 0; number < 40; number += 1) {
      const uac = await laid
        .anotherClient()
        .request(requestFrom('alice', 'REGISTER', number), { limits: { maxAttempts: 1 } });
      void uac.start();
    }
    await laid.clock.run(1_000);
    await laid.close();
    const counted = count(laid.arrivals());
    task.meta.seen = inWords(counted, 0);
    expect(storms(counted, bound)).not.toEqual([]);
  });
});

describe('a re-INVITE that gets 491 for ever', () => {
  it.concurrent.each([
    [true, 2_100],
    [false, 0],
  ])('waits as RFC 3261 §14.1 says where we own the Call-ID (%s), then gives up', async (ownsCallId, least) => {
    const laid = await rush(() => (request, back) => back.send(answer(request, 491)), { seed: 5, certificate });
    const inDialog = requestFrom('alice', 'INVITE', 1);
    const headers = inDialog.headers.map(([name, value]): Header => [
      name,
      name === 'To' ? `${value};tag=there` : value,
    ]);
    const uac = await laid.client.request({ ...inDialog, headers }, { client: { inDialog: true, ownsCallId } });
    const outcome = uac.start();
    let isOver = false;
    void outcome.then(() => (isOver = true));
    await laid.clock.run(HOUR, () => isOver);
    await laid.close();
    expect(await outcome).toMatchObject({ type: 'gaveUp', reason: 'attemptsExhausted' });
    const invites = laid.arrivals().filter(({ method }) => method === 'INVITE');
    const acks = laid.arrivals().filter(({ method }) => method === 'ACK');
    expect(invites).toHaveLength(6);
    expect(acks.map(({ branch }) => branch)).toEqual(invites.map(({ branch }) => branch));
    for (const [index, { at }] of invites.slice(1).entries()) {
      expect(at - (invites[index]?.at ?? 0)).toBeGreaterThanOrEqual(least);
    }
    expect(busiestMinute(invites)).toBeLessThanOrEqual(bound.transactionsPerMinute);
  });
});

describe('a final response that comes again and again', () => {
  it('is acknowledged each time, and nothing else follows (RFC 3261 §17.1.1.2)', async () => {
    const laid = await rush(
      () => (request, back) => {
        for (let times = 0; times < 10; times += 1) back.blurt(answer(request, 486));
      },
      { seed: 6, certificate },
    );
    const uac = await laid.client.request(requestFrom('alice', 'INVITE', 1));
    const outcome = uac.start();
    await laid.clock.run(60_000);
    await laid.close();
    expect(await outcome).toMatchObject({ type: 'gaveUp', reason: 'busy' });
    const acks = laid.arrivals().filter(({ method }) => method === 'ACK');
    expect(new Set(laid.arrivals().map(({ branch }) => branch)).size).toBe(1);
    expect(acks).toHaveLength(10);
  });
});

const REQUESTS = 150;

/** A server that takes another trap each time, among them those that a correction or a short wait follows. */
function moody(random: () => number): () => Script {
  const traps: readonly ((request: Arrival, number: number) => string)[] = [
    (request, number) => answer(request, 401, [`WWW-Authenticate: Digest realm="r${number}", nonce="n${number}"`]),
    (request, number) => answer(request, 407, [`Proxy-Authenticate: Digest realm="p${number}", nonce="n", stale=true`]),
    (request) => answer(request, 423, [`Min-Expires: ${Number(header(request.message, 'Expires')) + 600}`]),
    (request) => answer(request, 480, ['Retry-After: 0']),
    (request) => answer(request, 486, ['Retry-After: 1']),
    (request) => answer(request, 500, ['Retry-After: 0']),
    (request) => answer(request, 500, ['Retry-After: 2']),
    (request) => answer(request, 408),
  ];
  return () => (request, back, number) => {
    const trap = traps[Math.floor(random() * traps.length)];
    back.send(trap === undefined ? answer(request, 500) : trap(request, number));
  };
}

function branchIn(headers: readonly Header[]): string {
  return /branch=([^;,\s]+)/.exec(headers.find(([name]) => name === 'Via')?.[1] ?? '')?.[1] ?? '';
}
