// One run of `send` that ends before its request does anything.
import { describe, expect, it } from 'vitest';
import type { Io, Output } from '../../../src/cli/io.js';
import { interruptionOf } from '../../../src/cli/send/interruption.js';
import type { SendEvent } from '../../../src/cli/send/send-event.js';
import { sendOnce } from '../../../src/cli/send/send-once.js';
import { readSendPlan } from '../../../src/cli/send/send-plan.js';
import { Storyteller } from '../../../src/cli/send/storyteller.js';
import type { Dns } from '../../../src/transport/dns.js';
import { clientInTest } from '../../transport/client-in-test.js';
import { Keyboard } from './send-run.js';

const output: Output = { write: () => undefined, isTerminal: false };

/** A run whose name server answers once, and then only when the test says so. */
async function running(options: { readonly timeout?: string } = {}) {
  let answer: (addresses: readonly string[]) => void = () => undefined;
  let asked = 0;
  let look: () => void = () => undefined;
  const looking = new Promise<void>((resolve) => {
    look = resolve;
  });
  const dns: Dns = {
    naptr: () => Promise.resolve([]),
    srv: () => Promise.resolve([]),
    addresses: () => {
      asked += 1;
      if (asked === 1) return Promise.resolve(['192.0.2.1']);
      return new Promise((resolve) => {
        answer = resolve;
        look();
      });
    },
  };
  const { client, transports, clock } = clientInTest({ dns });
  const keyboard = new Keyboard();
  const io: Io = {
    ...{ stdout: output, stderr: output, stdin: () => Promise.resolve(new Uint8Array()), env: {}, cwd: '.' },
    onInterrupt: keyboard.onInterrupt,
  };
  const told: SendEvent[] = [];
  const report = { tell: (event: SendEvent) => void told.push(event), end: () => undefined };
  const story = new Storyteller({ report, mask: (text) => text, clock, now: () => clock.now() });
  const plan = await readSendPlan('INVITE', 'sip:bob@example.com', options, io);
  const status = sendOnce({ plan, client, story, interruption: interruptionOf(io), io });
  await looking;
  return { status, told, keyboard, clock, transports, answerDns: () => answer(['192.0.2.1']) };
}

describe('sendOnce', () => {
  it('sends nothing when Ctrl-C comes while the servers are looked for', async () => {
    const { status, told, keyboard, transports, answerDns } = await running();
    keyboard.pressCtrlC();
    answerDns();
    expect(await status).toBe(130);
    expect(told).toMatchObject([{ event: 'outcome', outcome: 'cancelled', detail: { because: 'interrupted' } }]);
    expect(transports.sent).toEqual([]);
  });

  it('sends nothing when --timeout is over before', async () => {
    const { status, told, clock, transports, answerDns } = await running({ timeout: '1' });
    clock.advance(1_000);
    answerDns();
    expect(await status).toBe(1);
    expect(told.at(-1)).toMatchObject({ event: 'outcome', outcome: 'cancelled', detail: { because: 'timeout' } });
    expect(transports.sent).toEqual([]);
  });
});
