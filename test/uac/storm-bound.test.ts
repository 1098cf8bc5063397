// Many requests on one core, hostile servers: whatever they answer, what is sent stays within its bounds.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExemptFromQuarantine } from '../../src/budget/request-urgency.js';
import { requestBound } from '../../src/budget/request-bound.js';
import { defaultLimits } from '../../src/policy/limits.js';
import { readRetryAfter } from '../../src/sip/retry-after.js';
import type { Header, SipRequest, SipResponse } from '../../src/sip/message.js';
import { seededRandom } from '../../src/timing/random.js';
import { createUacRequest } from '../../src/uac/uac-request.js';
import { hostileServer, respond, type Server } from '../hostile/servers.js';
import { methods, requestOf } from '../hostile/requests.js';
import { Network, type Traffic } from './network.js';
import { coreInTest, credentials, numbered, rowsOf } from './running.js';

const MINUTE = 60_000;

describe('many requests on one core', () => {
  const seen = { requests: 0, ended: 0, sends: 0, mostInAMinute: 0, quarantines: 0 };

  it('send no more than the bound for each server, address-of-record and method in any minute', () => {
    const perMinute = requestBound(defaultLimits).transactionsPerMinute;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const { traffic, ended, requests } = run(seed, hostileServer(seededRandom(seed * 31)));
        seen.requests += requests;
        seen.ended += ended;
        for (const moments of countedSends(traffic).values()) {
          seen.sends += moments.length;
          for (const [index, moment] of moments.entries()) {
            const before = moments[index - perMinute];
            if (before !== undefined) expect(moment - before).toBeGreaterThanOrEqual(MINUTE);
            seen.mostInAMinute = Math.max(seen.mostInAMinute, inMinuteUpTo(index, moments));
          }
        }
        expect(faultsOfRetryAfter(traffic)).toEqual([]);
      }),
      { seed: 12, numRuns: 40 },
    );
    // Hostile enough: the bound was reached, nothing hangs, and servers were left alone.
    expect(seen.mostInAMinute).toBe(perMinute);
    expect(seen.ended).toBe(seen.requests);
    expect(seen.sends).toBeGreaterThan(1_000);
    expect(seen.quarantines).toBeGreaterThan(100);
  });

  it('never send credentials again that a server has rejected (RFC 3261 §22.1)', () => {
    let nonce = 0;
    const refusing: Server = (request) => {
      nonce += 1;
      const challenge: Header = ['WWW-Authenticate', `Digest realm="example.com", nonce="n${nonce}", qop="auth"`];
      return { provisional: [], outcome: respond(request, 401, [challenge]) };
    };
    for (let seed = 1; seed <= 20; seed += 1) {
      const { traffic, rejectedAt } = run(seed, refusing);
      const guesses = traffic.filter(({ type, at, ...event }) => {
        if (type !== 'send' || !('request' in event)) return false;
        return rowsOf(event.request, 'Authorization').length > 0 && at > rejectedAt;
      });
      expect(rejectedAt).toBeLessThan(Infinity);
      expect(guesses).toEqual([]);
    }
  });

  /** A hundred and twenty requests of three addresses-of-record, begun within three minutes. */
  function run(seed: number, responder: Server) {
    const { core, clock } = coreInTest({ credentials }, seed);
    const random = seededRandom(seed);
    const network = new Network(clock, random, responder);
    const state = { ended: 0, rejectedAt: Infinity, requests: 120 };
    const favourite = methods[Math.floor(random() * methods.length)]!;
    for (let number = 0; number < state.requests; number += 1) {
      const method = random() < 0.7 ? favourite : methods[Math.floor(random() * methods.length)]!;
      const user = `<sip:u${Math.floor(random() * 3)}@example.com>`;
      const base = requestOf(method, random() < 0.2);
      const tag = rowsOf(base, 'To')[0]!.includes('tag=') ? ';tag=peer' : '';
      const own = { From: `${user};tag=own`, ...(method === 'REGISTER' ? { To: `${user}${tag}` } : {}) };
      const request = {
        ...numbered(base, number, own),
        ...(method === 'MESSAGE' ? { uri: `sip:m${number}@example.com` } : {}),
      };
      const servers = random() < 0.3 ? { servers: ['sip:a.example.com', 'sip:b.example.com'] } : {};
      clock.at(random() * 3 * MINUTE, () => {
        const uac = createUacRequest(request, {
          core,
          client: { ...servers, supported: ['timer', '100rel', 'path'], redial: random() < 0.3 },
          answer: () => ({ digits: '1', body: { type: 'text/plain', content: 'x'.repeat(Math.floor(random() * 9)) } }),
        });
        uac.on('hold', (hold) => (seen.quarantines += hold.for === 'quarantine' ? 1 : 0));
        uac.on('done', ({ outcome }) => {
          state.ended += 1;
          if (outcome.type === 'gaveUp' && outcome.reason === 'credentialsRejected') {
            state.rejectedAt = Math.min(state.rejectedAt, clock.now());
          }
        });
        network.connect(uac);
        void uac.start();
      });
    }
    clock.runAll(1_000_000);
    return { traffic: network.traffic, ...state };
  }
});

/** The sends that the ceiling counts, by server, address-of-record and method (design: first attempts of three methods too). */
function countedSends(traffic: readonly Traffic[]): ReadonlyMap<string, readonly number[]> {
  const moments = new Map<string, number[]>();
  for (const event of traffic) {
    if (event.type !== 'send') continue;
    const { request, attempt, server, at } = event;
    if (attempt === 1 && !['REGISTER', 'SUBSCRIBE', 'PUBLISH'].includes(request.method)) continue;
    const key = `${server} ${userOf(request)} ${request.method}`;
    moments.set(key, [...(moments.get(key) ?? []), at]);
  }
  return moments;
}

function userOf(request: SipRequest): string {
  const value = rowsOf(request, request.method === 'REGISTER' ? 'To' : 'From')[0] ?? '';
  return /sip:([^;>]+)/.exec(value)?.[1] ?? value;
}

function inMinuteUpTo(index: number, moments: readonly number[]): number {
  return moments.filter((moment, other) => other <= index && moment > moments[index]! - MINUTE).length;
}

/** What was sent to a server although a 503 of it had said when to come back, by this request or any other. */
function faultsOfRetryAfter(traffic: readonly Traffic[]): readonly string[] {
  const faults: string[] = [];
  const closedUntil = new Map<string, number>();
  for (const event of traffic) {
    const { server, at } = event;
    if (event.type === 'end') {
      const seconds = typeof event.outcome === 'string' ? undefined : toldIn(event.outcome);
      if (seconds !== undefined) {
        closedUntil.set(server, Math.max(closedUntil.get(server) ?? 0, at + Math.min(seconds, 3_600) * 1_000));
      }
    } else if (at < (closedUntil.get(server) ?? 0) && !isExemptFromQuarantine(event.request)) {
      faults.push(`${event.request.method} to ${server} at ${at}, told ${closedUntil.get(server)}`);
    }
  }
  return faults;
}

function toldIn({ status, headers }: SipResponse): number | undefined {
  const rows = headers.filter(([name]) => name === 'Retry-After').map(([, value]) => value);
  return status === 503 ? readRetryAfter(rows, {})?.seconds : undefined;
}
