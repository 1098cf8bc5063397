// `inspect --send`: the command line behind it is that of `send`, and the page shows what happens.
import type { Inspector } from '../../inspect/index.js';
import type { Io } from '../io.js';
import { sendOf } from '../send/send-arguments.js';

/** @param serve begins to serve once the command line is known to be good; it is given what must never be shown. */
export async function inspectSend(
  argv: readonly string[],
  io: Io,
  serve: (secrets: readonly string[]) => Promise<Inspector>,
): Promise<void> {
  const watch = async (secrets: readonly string[]) => {
    const { inspect } = await serve(secrets);
    return inspect;
  };
  await sendOf(io, () => undefined, watch).parseAsync([...argv], { from: 'user' });
}
