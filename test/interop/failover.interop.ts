// The next server of the set gets the same request in a transaction of its own (RFC 3263 §4.3); the wrong client is noticed.
import { describe, expect, it } from 'vitest';
import { failovers, type Failover } from './failovers.js';
import { runSend } from './peers/command.js';
import { freePort } from './peers/ports.js';
import { startSipp, type SippVerdict } from './peers/sipp.js';
import { whyPeersAreMissing } from './setup.js';
import { startWrongClient } from './wrong-client.js';

/** What is wrong with what both servers got; empty when nothing is. */
async function play<Result>(
  { first, second, args, requestsToFirst, withinSeconds }: Failover,
  send: (args: readonly string[], over: Promise<unknown>) => Promise<Result>,
): Promise<{ readonly why: string; readonly result: Result }> {
  const servers = [
    first === undefined ? undefined : await startSipp(first, { withinSeconds }),
    await startSipp(second, { withinSeconds }),
  ] as const;
  const port = servers[0]?.port ?? (await freePort());
  const words = args.map((word) =>
    word.replace('FIRST', `127.0.0.1:${port}`).replace('SECOND', `127.0.0.1:${servers[1].port}`),
  );
  const over = Promise.all([servers[0]?.ended, servers[1].ended]);
  const [result, [atFirst, atSecond]] = await Promise.all([send(words, over), over]);
  return { why: whatIsWrong(atFirst, atSecond, requestsToFirst), result };
}

function whatIsWrong(first: SippVerdict | undefined, second: SippVerdict, requestsToFirst: number): string {
  if (first !== undefined && first.code !== 0) return `the first server: ${first.why} (${first.code})`;
  if (second.code !== 0) return `the second server: ${second.why} (${second.code})`;
  const copies = second.received.map(({ text }) => text).filter((text) => !/^(ACK|BYE) /.test(text));
  if (first === undefined) return copies.length === 1 ? '' : `${copies.length} requests came, 1 expected`;
  const requests = first.received.map(({ text }) => text).filter((text) => !text.startsWith('ACK '));
  if (requests.length !== requestsToFirst) return `${requests.length} requests came, ${requestsToFirst} expected`;
  const [before, copy] = [requests[0] ?? '', copies[0] ?? ''];
  const changed = ['Call-ID', 'CSeq', 'From', 'To'].filter((name) => valueOf(before, name) !== valueOf(copy, name));
  if (changed.length > 0) return `the copy has another ${changed.join(' and ')}`;
  return branchOf(before) === branchOf(copy) ? 'the copy has the branch of the first request' : '';
}

function valueOf(message: string, name: string): string | undefined {
  return new RegExp(`^${name}\\s*:\\s*(.*)$`, 'im').exec(message)?.[1]?.trim();
}

function branchOf(message: string): string | undefined {
  return /branch=([^;,\s]+)/.exec(valueOf(message, 'Via') ?? '')?.[1];
}

describe.skipIf(whyPeersAreMissing() !== undefined)('the next server', () => {
  for (const failover of failovers) {
    it.concurrent(`gets the request of sip-retry send after ${failover.name}`, async ({ task }) => {
      const { why, result } = await play(failover, (args) => runSend(args));
      task.meta.seen = `${result.outcome ?? 'nothing'} ${result.attempts ?? 0} attempts; ${why}`;
      expect(why, result.text).toBe('');
      expect(result).toMatchObject({ outcome: 'accepted', code: 0 });
    });
    for (const habits of [[], ...failover.habits.map((habit) => [habit])]) {
      const [habit] = habits;
      const verb = habit === undefined ? 'gets' : 'does not get';
      const which = habit === undefined ? 'without a habit' : `with ${habit}`;
      it.concurrent(`${verb} it from the wrong client ${which} after ${failover.name}`, async ({ task }) => {
        const { why } = await play(failover, async (args, over) => {
          const client = startWrongClient(args, habits);
          await over;
          client.stop();
          return client.ended;
        });
        task.meta.seen = why.slice(0, 110);
        if (habit === undefined) expect(why).toBe('');
        else expect(why).not.toBe('');
      });
    }
  }
});
