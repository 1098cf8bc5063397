// The registrar dies and comes back: in the middle of a registration, and between two of them.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { startSend, type RunningSend, type SendEvent } from '../peers/command.js';
import { startRegistrar } from '../peers/kamailio.js';
import { until } from '../peers/process.js';
import { transactionsOf } from '../sent-requests.js';
import { whyPeersAreMissing } from '../setup.js';

const alice = ['--from', 'sip:alice@example.test', '--user', 'alice', '--password', 'wonderland'];

describe.skipIf(whyPeersAreMissing() !== undefined)('a registrar that is killed and started again', () => {
  for (const transport of ['udp', 'tcp']) {
    it.concurrent(
      `while its 500 is waited for: the same registration goes on (${transport})`,
      async ({ task, onTestFinished }) => {
        const defines = ['BUSY_FIRST'];
        const kamailio = await startRegistrar({ defines });
        onTestFinished(() => kamailio.stop());
        const { port } = kamailio;
        const send = startSend([
          'REGISTER',
          'sip:example.test',
          '--server',
          `${transport}:127.0.0.1:${port}`,
          ...alice,
        ]);
        await until(() => has(send, 'decision', ({ status }) => status === 500), 'a 500 came', 40_000);
        await kamailio.stop('SIGKILL');
        await sleep(300);
        // It has forgotten whom it told to wait, so a second 500 comes, and it may find the nonce stale.
        const again = await startRegistrar({ defines, port });
        onTestFinished(() => again.stop());
        const verdict = await send.ended;
        const sent = transactionsOf(verdict, 'REGISTER');
        task.meta.seen = `${verdict.outcome ?? 'nothing'} ${verdict.attempts ?? 0} attempts, ${verdict.ms} ms`;
        expect(verdict, verdict.text).toMatchObject({ outcome: 'accepted', code: 0 });
        expect(sent).toHaveLength(verdict.attempts ?? 0);
        expect(verdict.attempts).toBeLessThanOrEqual(5);
      },
    );

    it.concurrent(
      `between two refreshes: the binding is there again (${transport})`,
      async ({ task, onTestFinished }) => {
        const { send, stop } = await keptAcross(transport, 'registered', onTestFinished);
        await until(() => registeredTimes(send) === 2, 'registered again', 40_000);
        const verdict = await stop();
        task.meta.seen = `registered ${registeredTimes(send)} times, ${transactionsOf(verdict, 'REGISTER').length} transactions`;
        expect(verdict.code).toBe(130);
        // 401, credentials; a refresh with what was learned, perhaps challenged once more; the removal likewise.
        expect(transactionsOf(verdict, 'REGISTER').length).toBeLessThanOrEqual(6);
      },
    );

    it.concurrent(
      `while a refresh finds nobody: it is tried again, slowly (${transport})`,
      async ({ task, onTestFinished }) => {
        const { send, stop } = await keptAcross(transport, 'missed', onTestFinished);
        await until(() => registeredTimes(send) === 2, 'registered again', 80_000);
        const verdict = await stop();
        const waits = verdict.events.filter(({ event, for: why }) => event === 'wait' && why === 'probe');
        task.meta.seen = `registered ${registeredTimes(send)} times, ${waits.length} probes, ${transactionsOf(verdict, 'REGISTER').length} transactions`;
        expect(verdict.code).toBe(130);
        // RFC 5626 §4.5: 60 s after the first failure, of which 50 to 100 % are waited.
        expect(waits).toHaveLength(1);
        for (const { at, until: end } of waits) {
          expect(Number(end) - Number(at)).toBeGreaterThanOrEqual(29_900);
          expect(Number(end) - Number(at)).toBeLessThanOrEqual(60_100);
        }
        expect(transactionsOf(verdict, 'REGISTER').length).toBeLessThanOrEqual(9);
        // A refresh at 15 s at the latest, over UDP timer F, and the wait.
      },
      110_000,
    );
  }
});

/** A registration of 20 s that is kept. Its registrar dies after the first grant, and comes back at once, or after a refresh has failed. */
async function keptAcross(
  transport: string,
  comesBack: 'registered' | 'missed',
  onTestFinished: TestContext['onTestFinished'],
) {
  const defines = ['BRIEF'];
  const first = await startRegistrar({ defines });
  onTestFinished(() => first.stop());
  const server = ['--server', `${transport}:127.0.0.1:${first.port}`];
  const send = startSend(['REGISTER', 'sip:example.test', ...server, ...alice, '--expires', '20', '--keep']);
  onTestFinished(() => send.program.kill('SIGKILL'));
  await until(() => registeredTimes(send) === 1, 'registered', 40_000);
  await first.stop('SIGKILL');
  if (comesBack === 'missed') {
    await until(() => has(send, 'wait', (event) => event['for'] === 'probe'), 'a refresh failed', 60_000);
  }
  const second = await startRegistrar({ defines, port: first.port });
  onTestFinished(() => second.stop());
  const stop = async () => {
    send.program.kill('SIGINT');
    return send.ended;
  };
  return { send, stop };
}

function registeredTimes(send: RunningSend): number {
  return eventsOf(send).filter(({ event }) => event === 'registered').length;
}

function has(send: RunningSend, name: string, holds: (event: SendEvent) => boolean): boolean {
  return eventsOf(send).some((event) => event['event'] === name && holds(event));
}

function eventsOf({ program }: RunningSend): readonly SendEvent[] {
  const lines = program.stdout().split('\n').slice(0, -1);
  return lines.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as SendEvent] : []));
}
