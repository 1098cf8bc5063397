// What an overloaded server says of its load in the Via of its responses (RFC 7339 §4, RFC 7415 §3.2).
import { allHeaders } from '../../sip/header-list.js';
import type { Header, SipRequest } from '../../sip/message.js';
import { topVia } from '../../sip/via.js';
import type { BehaviourOf } from '../scenario.js';

/** Long enough for the next request to come within it, or nobody would keep to a rate of less than one a second. */
const VALIDITY_MS = 10_000;

/** What is left of the percentage after a second in which less would do. */
const EASING = 0.7;

/** Counts what arrives second by second, and says how much of it to leave out, or how much to send. */
export class OverloadReport {
  readonly #behaviour: BehaviourOf<'overloaded'>;
  #sequence = 0;
  #second = 0;
  #arrived = 0;
  #percent: number;

  constructor(behaviour: BehaviourOf<'overloaded'>) {
    this.#behaviour = behaviour;
    this.#percent = behaviour.capacity === 0 ? 100 : 0;
  }

  /** A request arrives. */
  note(now: number): void {
    const second = Math.floor(now / 1_000);
    if (second !== this.#second) this.#turnTo(second);
    this.#arrived += 1;
  }

  /**
   * The topmost Via of the response, which takes the place of the one that is copied; absent where the client has not
   * offered to hear it (RFC 7339 §4.1).
   * @param isOver the server keeps up again: nothing is restricted (RFC 7339 §5.7: a validity of 0).
   */
  rowFor({ headers }: SipRequest, isOver: boolean): Header | undefined {
    const { oc } = this.#behaviour;
    const via = topVia(headers);
    const [first] = allHeaders(headers, 'Via');
    const isOffered = via?.params.some(([name]) => name.toLowerCase() === 'oc') === true;
    if (oc === undefined || first === undefined || !isOffered) return undefined;
    const { capacity, background = 0, ocValidity = VALIDITY_MS } = this.#behaviour;
    this.#sequence += 1;
    const kept = first.replace(/;\s*oc(?:-[a-z]+)?(?:=(?:"[^"]*"|[^;,\s]*))?/gi, '');
    const value = oc === 'loss' ? this.#percent : Math.max(0, Math.floor(capacity - background));
    const validity = isOver ? 0 : ocValidity;
    return ['Via', `${kept};oc=${value};oc-algo="${oc}";oc-validity=${validity};oc-seq=${this.#sequence}.0`];
  }

  #turnTo(second: number): void {
    const { capacity, background = 0 } = this.#behaviour;
    if (capacity > 0) {
      const seconds = second - this.#second;
      // What would have come had nothing been left out, by the percentage of that second.
      const arrived = seconds === 1 ? this.#arrived / (1 - this.#percent / 100) : 0;
      const offered = arrived + background;
      const wanted = offered <= capacity ? 0 : Math.min(99, Math.ceil(100 * (1 - capacity / offered)));
      // Who asks for less too soon has everybody back at once.
      this.#percent = Math.max(wanted, Math.floor(this.#percent * EASING ** seconds));
    }
    this.#second = second;
    this.#arrived = 0;
  }
}
