// The request that goes out first, with the address that this program has towards the server.
import type { SipRequest } from '../../sip/message.js';
import { bracketed } from '../../transport/server-address.js';
import type { Way } from '../../transport/user-agent-client.js';
import { firstRequest } from './first-request.js';
import type { SendRun } from './send-run.js';

/**
 * The request, its Contact being the address that the client has towards the server. Where no server can be reached, the
 * policy decides what follows from that, as from any transport error (RFC 3261 §8.1.3.1). `undefined` when it was told
 * already that there will be no request: Ctrl-C came first, or nothing here speaks what the URI asks for.
 */
export async function openingRequest({ plan, client, story, interruption }: SendRun): Promise<SipRequest | undefined> {
  const interrupted = new Promise<'interrupted'>((resolve) => interruption.onFirst(() => resolve('interrupted')));
  // A name server, or a host that drops everything, may take a while.
  const way = await Promise.race([client.wayTo(plan.uri), interrupted]);
  if (way === 'interrupted') story.cancelled('interrupted');
  else if (way.kind === 'closed' && way.failure.code === 'unsupported') story.failed('noServerLeft', way.failure.why);
  else return firstRequest({ ...plan, contact: contactOf(way) }, client.core.environment.token);
  return undefined;
}

function contactOf({ local, transport }: Way): string {
  const place = `${bracketed(local.host)}:${local.port}`;
  return transport === 'UDP' ? place : `${place};transport=${transport.toLowerCase()}`;
}
