// A scripted server with a user agent of SIP.js connected to it, until the end of the test.
import { afterEach } from 'vitest';
import type { UserAgentOptions } from 'sip.js';
import { agentOf, type Agent } from './user-agents.js';
import { SipServer, type Script } from './web-socket-server.js';

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

export async function connected(
  script: Script,
  options: UserAgentOptions = {},
): Promise<{ readonly server: SipServer; readonly agent: Agent }> {
  const server = await SipServer.start(script);
  stops.push(() => server.stop());
  const agent = await agentOf(server, options);
  stops.push(() => agent.ua.stop());
  return { server, agent };
}

/** The n-th request gets the n-th answer, and all after the last one the last one. */
export function inTurn(...answers: readonly ReturnType<Script>[]): Script {
  return (_request, number) => answers[Math.min(number, answers.length) - 1] ?? [];
}

export const registrarAsks = [
  'WWW-Authenticate',
  'Digest realm="example.com", nonce="n1", qop="auth", algorithm=SHA-256',
] as const;
export const proxyAsks = ['Proxy-Authenticate', 'Digest realm="proxy.example.com", nonce="n2", qop="auth"'] as const;
export const bobsContact = ['Contact', '<sip:bob@192.0.2.9;transport=ws>'] as const;
