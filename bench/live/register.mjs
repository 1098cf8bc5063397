// One run: a registrar of its own, all registrations by our client or by SIPp, and what both books say.
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { registerWithSipp } from './sipp.mjs';

const run = promisify(execFile);
const file = (name) => new URL(name, import.meta.url).pathname;

/** Our client over `transport` with the `mix`; `weighs` measures memory in place of time. */
export function registerOurs({ weighs = false, ...what }) {
  return withRegistrar({ ...what, answerAfterMs: weighs ? 1_000 : 0 }, async (port) => {
    const flags = weighs ? ['--expose-gc'] : [];
    const { stdout } = await run(
      process.execPath,
      [...flags, file('client.mjs'), JSON.stringify({ ...what, weighs, port })],
      {
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    return JSON.parse(stdout);
  });
}

/** SIPp as the client of the same registrar. */
export function registerSipp(what) {
  return withRegistrar({ ...what, mix: 'plain' }, (port) => registerWithSipp({ ...what, port }));
}

/** @returns what the client said, with the registrar's report. */
async function withRegistrar(what, work) {
  const registrar = fork(file('registrar.mjs'), [JSON.stringify(what)]);
  try {
    const [{ port }] = await once(registrar, 'message');
    const client = await work(port);
    registrar.send('report');
    const [report] = await once(registrar, 'message');
    return { client, registrar: report };
  } finally {
    registrar.kill();
  }
}
