// A trap: what a hostile server does, the request it is laid for, and what must come of it.
import type { Counted } from './storm.js';
import { answer, type Arrival, type Script, type WayBack } from '../peers/scripted-server.js';

export interface Trap {
  readonly name: string;
  readonly method: string;
  /** More words of the command line; SERVER stands for 127.0.0.1 and the port. Where a Request-URI is here, it is the first. */
  readonly words?: readonly string[];
  readonly servers?: number;
  readonly transport?: 'udp' | 'tcp' | 'tls';
  /** The TLS handshake is refused. */
  readonly refusesTls?: boolean;
  /** The server as it is at first: what it remembers begins anew each time. `port`: its own. */
  readonly script: (port: number) => Script;
  /** What `send` says; `reason` is absent for accepted. */
  readonly outcome: 'accepted' | 'gaveUp' | 'cancelled';
  readonly reason?: string;
  /** How many attempts; two numbers: from … to. */
  readonly attempts: number | readonly [number, number];
  /** Credentials that may be refused for one realm: one guess, or two where they were accepted in between. */
  readonly refusedGuesses?: number;
  /** The server never says the last word: it takes 32 s. */
  readonly isSilent?: boolean;
  /** A client that acts at once on whatever comes is no storm here. */
  readonly sparesNaive?: boolean;
  /** What else must hold. */
  readonly holds?: (counted: Counted, arrivals: readonly Arrival[]) => string | undefined;
}

/** Where a REGISTER goes. */
export type Answer = readonly [status: number, ...headers: readonly string[]];

/** The n-th answer to the n-th transaction; the last for ever. */
export function inTurn(...answers: readonly Answer[]): () => Script {
  return () => (request, back, number) => {
    const [status, ...headers] = answers[Math.min(number, answers.length) - 1] ?? [500];
    back.send(answer(request, status, headers));
  };
}

/** An answer that is made anew each time, with 1, 2, 3 … */
export function each(make: (number: number, port: number) => Answer): (port: number) => Script {
  return (port) => (request, back, number) => {
    const [status, ...headers] = make(number, port);
    back.send(answer(request, status, headers));
  };
}

/** Something of its own. */
export function doing(act: (request: Arrival, back: WayBack, number: number) => void): () => Script {
  return () => act;
}

export function challenge(realm: string, nonce: string, more = '', name = 'WWW-Authenticate'): string {
  return `${name}: Digest realm="${realm}", nonce="${nonce}"${more}`;
}

export function proxyChallenge(realm: string, nonce: string, more = ''): string {
  return challenge(realm, nonce, more, 'Proxy-Authenticate');
}
