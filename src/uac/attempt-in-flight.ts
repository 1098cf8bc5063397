// The attempt of a request that is in flight, if one is: where it went, how long it rings, what came back.
import { belongsTo } from '../../machines/belonging.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { serverOf } from './request-place.js';
import type { Resumption } from './resume.js';
import type { UacBeginning } from './driver-options.js';
import { RingTimer } from './ring-timer.js';
import { ServerSet } from './server-set.js';
import type { ServerWatch } from './server-watch.js';
import type { UacCore } from './uac-core.js';
import type { UacRequestOptions } from './uac-request.js';

export class AttemptInFlight {
  readonly servers: ServerSet;
  readonly #watch: ServerWatch;
  readonly #ring: RingTimer;
  #server: string | undefined;
  #request: SipRequest | undefined;
  #response: SipResponse | undefined;
  #sent = 0;
  #waitingSince: number | undefined;

  constructor(servers: ServerSet, watch: ServerWatch, ring: RingTimer) {
    this.servers = servers;
    this.#watch = watch;
    this.#ring = ring;
  }

  get isThere(): boolean {
    return this.#server !== undefined;
  }

  /** The final response of the last attempt that ended; `undefined` when it had none. */
  get response(): SipResponse | undefined {
    return this.#response;
  }

  /** How many attempts went out. */
  get sent(): number {
    return this.#sent;
  }

  /** So many went out before a restart, and a wait may have begun. */
  resume({ sent, waitingSince }: Resumption): void {
    this.#sent = sent;
    this.#waitingSince = waitingSince;
  }

  /** When a wait began that the next attempt comes after; `undefined` when it comes at once. */
  noteWait(since: number | undefined): void {
    this.#waitingSince = since;
  }

  /** What `noteWait` was told, for the next attempt only. */
  takeWait(): number | undefined {
    const since = this.#waitingSince;
    this.#waitingSince = undefined;
    return since;
  }

  begin(request: SipRequest, server: string | undefined): void {
    this.#server = server ?? serverOf(request);
    this.#request = request;
    this.#sent += 1;
    this.#ring.follow(request);
  }

  /** The attempt in flight goes to the first of these, which were not known when it began. */
  useServers(servers: readonly string[]): void {
    if (servers.length === 0) return;
    this.servers.use(servers);
    if (this.isThere) this.#server = servers[0];
  }

  /** What has no status code, or came twice or late and belongs to an earlier attempt, says nothing about this one. */
  isAnsweredBy(response: SipResponse): boolean {
    const { status } = response;
    if (!Number.isInteger(status) || status < 100 || status > 699) return false;
    return this.#request === undefined || belongsTo(this.#request, response);
  }

  /** A response came; true when it is the final one. */
  noteResponse(response: SipResponse): boolean {
    if (this.#server !== undefined) this.#watch.noteResponse(this.#server, response);
    if (response.status >= 200) {
      this.#end(response);
      return true;
    }
    this.#ring.noteProvisional();
    return false;
  }

  /**
   * It ended without a response.
   * @param isUnwanted we wanted none any more: that none came says nothing about the server.
   */
  endWithout(how: 'timeout' | 'transportError', isUnwanted: boolean): void {
    if (this.#server !== undefined && !isUnwanted) {
      if (how === 'timeout') this.#watch.noteTimeout(this.#server);
      else this.#watch.noteTransportError(this.#server);
    }
    this.#end(undefined);
  }

  stopRinging(): void {
    this.#ring.stop();
  }

  #end(response: SipResponse | undefined): void {
    this.#response = response;
    this.#server = undefined;
    this.#ring.stop();
  }
}

/** The attempts of a request. @param rung it has rung for too long. */
export function attemptOf(
  beginning: UacBeginning,
  options: UacRequestOptions,
  core: UacCore,
  rung: () => void,
): AttemptInFlight {
  const ring = new RingTimer(core.environment.clock, options.ringMs, rung);
  return new AttemptInFlight(new ServerSet(core, beginning, options), core.servers, ring);
}
