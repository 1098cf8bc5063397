// The gate before each attempt of a client: quarantine, ceiling, overload control. One memory for all clients of a cohort.
import { Ceiling, type CeilingKey } from '../budget/ceiling.js';
import { OverloadControl } from '../budget/overload-control.js';
import { ServerHealth } from '../budget/server-health.js';
import { allHeaders, firstHeader } from '../sip/header-list.js';
import { readRetryAfter } from '../sip/retry-after.js';
import { askAgainAt } from '../uac/passage.js';
import type { FleetHost } from './behaviour.js';
import { EPOCH } from './epoch.js';
import type { CohortPlan } from './fleet-plan.js';
import { registerOf, type Reply } from './message-templates.js';

/** As `ServerWatch` and `CeilingQueue` add to the end of what they wait for. */
const SPREAD_MS = 1_000;
/**
 * More than any client sends in a minute to registrars like these: a logical REGISTER has 8 attempts, and a failed one is
 * followed by at least 30 s without any. A higher ceiling need not be counted.
 */
const COUNTED_BELOW = 20;

/**
 * What one client knows of its registrar stands under the number of the client, where a UAC writes the name of a server:
 * the rules are those of the classes that a UAC uses. The retry budget is not counted: one client takes at most one retry
 * of its own accord in 30 s, and the budget has ten a minute for it.
 */
export class ClientGates {
  readonly #host: FleetHost;
  readonly #first: number;
  readonly #health: ServerHealth;
  readonly #overload: OverloadControl;
  readonly #ceiling: Ceiling | undefined;
  /** How often overload control has refused the attempt. */
  readonly #refusals: Uint8Array;
  /** Whether anything is kept of the registrar; of one that is well nothing is. */
  readonly #troubled: Uint8Array;
  /** Whether any reply ever carried overload control. */
  #isControlled = false;
  /** The client that is asked about. */
  #client = 0;

  constructor({ count, limits }: CohortPlan, first: number, host: FleetHost) {
    this.#host = host;
    this.#first = first;
    const random = (): number => host.random(this.#client + first);
    const clock = { now: () => host.now, date: () => EPOCH + host.now, at: () => () => undefined };
    this.#health = new ServerHealth({ clock, random }, { capacity: count });
    this.#overload = new OverloadControl({ clock, random }, { capacity: count });
    const perMinute = limits.ceilingPerMinute;
    this.#ceiling = perMinute < COUNTED_BELOW ? new Ceiling(clock, { perMinute, capacity: count }) : undefined;
    this.#refusals = new Uint8Array(count);
    this.#troubled = new Uint8Array(count);
  }

  /** Another attempt begins its way. */
  open(at: number): void {
    this.#refusals[at] = 0;
  }

  /** When to ask again; `undefined`: the attempt goes out now. */
  pass(at: number): number | undefined {
    this.#client = at;
    const isTroubled = this.#troubled[at] === 1;
    if (!isTroubled && !this.#isControlled && this.#ceiling === undefined) return undefined;
    const server = String(at);
    // Where nothing stands between the question and the request, the server is asked for once.
    const isAskedFirst = isTroubled && (this.#isControlled || this.#ceiling !== undefined);
    if (isAskedFirst && !this.#health.isAvailable(server)) return this.#whenAvailable(server);
    const held = this.#heldByCeiling(server) ?? (this.#isControlled ? this.#heldByOverload(at, server) : undefined);
    if (held !== undefined) return held;
    if (isTroubled && !this.#health.admit(server).admitted) return this.#whenAvailable(server);
    this.#ceiling?.note(ceilingKeyOf(server));
    return undefined;
  }

  #heldByCeiling(server: string): number | undefined {
    const key = ceilingKeyOf(server);
    if (this.#ceiling === undefined || this.#ceiling.left(key) >= 1) return undefined;
    return Math.max(this.#ceiling.nextAt(key), this.#host.now + 1) + SPREAD_MS * this.#random(this.#client);
  }

  #heldByOverload(at: number, server: string): number | undefined {
    const admission = this.#overload.admit(server, ANY_REGISTER);
    if (admission.admitted) return undefined;
    const refusals = (this.#refusals[at] ?? 0) + 1;
    this.#refusals[at] = Math.min(refusals, 255);
    return askAgainAt(admission, refusals, this.#environment(at));
  }

  /** As `ServerWatch`: every response says something of the server. */
  noteReply(at: number, { response, controls }: Reply): void {
    const { status, headers } = response;
    if (!controls && status !== 503 && this.#troubled[at] === 0) return;
    this.#client = at;
    const server = String(at);
    if (controls) {
      this.#isControlled = true;
      this.#overload.noteResponse(server, firstHeader(headers, 'Via') ?? '');
    }
    if (status !== 503) {
      this.#health.noteResponse(server);
      this.#troubled[at] = this.#health.explain(server) === undefined ? 0 : 1;
      return;
    }
    this.#troubled[at] = 1;
    const dates = { date: firstHeader(headers, 'Date'), now: EPOCH + this.#host.now };
    const told = readRetryAfter(allHeaders(headers, 'Retry-After'), dates);
    this.#health.noteUnavailable(server, told === undefined ? undefined : told.seconds * 1_000);
  }

  noteFailure(at: number, how: 'timeout' | 'transportError'): void {
    this.#client = at;
    this.#troubled[at] = 1;
    if (how === 'timeout') this.#health.noteTimeout(String(at));
    else this.#health.noteTransportError(String(at));
  }

  /** What a decision is told; `undefined` where the ceiling is too high to be reached. */
  leftUnderCeiling(at: number): number | undefined {
    return this.#ceiling?.left(ceilingKeyOf(String(at)));
  }

  #whenAvailable(server: string): number {
    const spread = SPREAD_MS * this.#random(this.#client);
    return Math.max(this.#health.earliest([server]) ?? 0, this.#host.now) + spread;
  }

  #random(at: number): number {
    return this.#host.random(at + this.#first);
  }

  #environment(at: number): Parameters<typeof askAgainAt>[2] {
    const { now } = this.#host;
    const clock = { now: () => now, date: () => EPOCH + now, at: () => () => undefined };
    return { clock, random: () => this.#random(at), token: () => '' };
  }
}

/** All are of the same urgency: none is in a dialog, none is an emergency. */
const ANY_REGISTER = registerOf(1, 3_600, -1);

function ceilingKeyOf(server: string): CeilingKey {
  return { server, addressOfRecord: '', method: 'REGISTER' };
}
