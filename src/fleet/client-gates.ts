// The gate before each attempt of a client: quarantine, ceiling, overload control. One memory for all clients of a cohort.
import { Ceiling, type CeilingKey } from '../budget/ceiling.js';
import { OverloadControl } from '../budget/overload-control.js';
import { ServerHealth } from '../budget/server-health.js';
import { allHeaders, firstHeader } from '../sip/header-list.js';
import { readRetryAfter } from '../sip/retry-after.js';
import { askAgainAt } from '../uac/passage.js';
import type { FleetHost } from './behaviour.js';
import { ClientStandings } from './client-standings.js';
import { EPOCH } from './epoch.js';
import type { CohortPlan } from './fleet-plan.js';
import { registerOf, type Reply } from './message-templates.js';
import type { Rows } from './rows.js';

/** As `ServerWatch` and `CeilingQueue` add to the end of what they wait for. */
const SPREAD_MS = 1_000;
/**
 * More than any client sends in a minute to registrars like these: a logical REGISTER has 8 attempts, and a failed one is
 * followed by at least 30 s without any. A higher ceiling need not be counted.
 */
const COUNTED_BELOW = 20;

/**
 * The rules are those of the classes that a UAC uses. The standing of its registrar is in the row of each client; what is
 * rarely asked for stands under its number, where a UAC writes the name of a server. The retry budget is not counted:
 * one client takes at most one retry of its own accord in 30 s, and the budget has ten a minute for it.
 */
export class ClientGates {
  readonly #host: FleetHost;
  readonly #first: number;
  readonly #standings: ClientStandings;
  readonly #health: ServerHealth;
  readonly #overload: OverloadControl;
  readonly #ceiling: Ceiling | undefined;
  /** How often overload control has refused the attempt. */
  readonly #refusals: Uint8Array;
  /** Whether any reply ever carried overload control. */
  #isControlled = false;
  /** The client that is asked about. */
  #client = 0;

  constructor({ count, limits }: CohortPlan, first: number, host: FleetHost, rows: Rows) {
    this.#host = host;
    this.#first = first;
    const random = (): number => host.random(this.#client + first);
    const clock = { now: () => host.now, date: () => EPOCH + host.now, at: () => () => undefined };
    this.#standings = new ClientStandings(rows.of('standings', first));
    this.#health = new ServerHealth({ clock, random }, {}, this.#standings);
    this.#overload = new OverloadControl({ clock, random }, { capacity: count });
    const perMinute = limits.ceilingPerMinute;
    this.#ceiling = perMinute < COUNTED_BELOW ? new Ceiling(clock, { perMinute, capacity: count }) : undefined;
    this.#refusals = new Uint8Array(count);
  }

  /** Another attempt begins its way. */
  open(at: number): void {
    this.#refusals[at] = 0;
  }

  /** When to ask again; `undefined`: the attempt goes out now. */
  pass(at: number): number | undefined {
    const isTroubled = this.#standings.has(at);
    if (!isTroubled && !this.#isControlled && this.#ceiling === undefined) return undefined;
    this.#turnTo(at);
    // Where nothing stands between the question and the request, the server is asked for once.
    const isAskedFirst = isTroubled && (this.#isControlled || this.#ceiling !== undefined);
    if (isAskedFirst && !this.#health.isAvailable(REGISTRAR)) return this.#whenAvailable();
    const held = this.#heldByCeiling(at) ?? (this.#isControlled ? this.#heldByOverload(at) : undefined);
    if (held !== undefined) return held;
    if (isTroubled && !this.#health.admit(REGISTRAR).admitted) return this.#whenAvailable();
    this.#ceiling?.note(ceilingKeyOf(at));
    return undefined;
  }

  #heldByCeiling(at: number): number | undefined {
    if (this.#ceiling === undefined) return undefined;
    const key = ceilingKeyOf(at);
    if (this.#ceiling.left(key) >= 1) return undefined;
    return Math.max(this.#ceiling.nextAt(key), this.#host.now + 1) + SPREAD_MS * this.#random(this.#client);
  }

  #heldByOverload(at: number): number | undefined {
    const admission = this.#overload.admit(String(at), ANY_REGISTER);
    if (admission.admitted) return undefined;
    const refusals = (this.#refusals[at] ?? 0) + 1;
    this.#refusals[at] = Math.min(refusals, 255);
    return askAgainAt(admission, refusals, this.#environment(at));
  }

  /** As `ServerWatch`: every response says something of the server. */
  noteReply(at: number, { response, controls }: Reply): void {
    const { status, headers } = response;
    if (!controls && status !== 503 && !this.#standings.has(at)) return;
    this.#turnTo(at);
    if (controls) {
      this.#isControlled = true;
      this.#overload.noteResponse(String(at), firstHeader(headers, 'Via') ?? '');
    }
    if (status !== 503) {
      this.#health.noteResponse(REGISTRAR);
      return;
    }
    const dates = { date: firstHeader(headers, 'Date'), now: EPOCH + this.#host.now };
    const told = readRetryAfter(allHeaders(headers, 'Retry-After'), dates);
    this.#health.noteUnavailable(REGISTRAR, told === undefined ? undefined : told.seconds * 1_000);
  }

  noteFailure(at: number, how: 'timeout' | 'transportError'): void {
    this.#turnTo(at);
    if (how === 'timeout') this.#health.noteTimeout(REGISTRAR);
    else this.#health.noteTransportError(REGISTRAR);
  }

  /** What a decision is told; `undefined` where the ceiling is too high to be reached. */
  leftUnderCeiling(at: number): number | undefined {
    return this.#ceiling?.left(ceilingKeyOf(at));
  }

  /** Whose registrar is meant, and whose chance. */
  #turnTo(at: number): void {
    this.#client = at;
    this.#standings.client = at;
  }

  #whenAvailable(): number {
    const spread = SPREAD_MS * this.#random(this.#client);
    return Math.max(this.#health.earliest(THE_REGISTRAR) ?? 0, this.#host.now) + spread;
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

/** Each client has one, and its name is not looked at. */
const REGISTRAR = 'registrar';
const THE_REGISTRAR: readonly string[] = [REGISTRAR];

function ceilingKeyOf(at: number): CeilingKey {
  return { server: String(at), addressOfRecord: '', method: 'REGISTER' };
}
