// What actors are called that nobody has named: by their machine, and by the request that they belong to.
import { objectIn, textIn, memberOf } from '../inspection-event.js';

/** Call-IDs that are remembered; a request that is older has no new transactions. */
const MOST_CALL_IDS = 10_000;

export class ActorNames {
  readonly #counts = new Map<string, number>();
  /** The request that each Call-ID belongs to. */
  readonly #requests = new Map<string, string>();
  #lastCallId = '';

  /** Undefined for what is no machine. */
  nameOf(config: object, snapshot: object | undefined): string | undefined {
    const machine = textIn(config, 'id') ?? 'machine';
    if (machine === 'retry') {
      const method = textIn(objectIn(memberOf(snapshot, 'context'), 'request'), 'method');
      return `request ${this.#count('request')}${method === undefined ? '' : ` ${method}`}`;
    }
    const kind = KINDS.get(machine);
    if (kind === undefined) return `${machine} ${this.#count(machine)}`;
    const owner = this.#requests.get(this.#lastCallId);
    return owner === undefined
      ? `wire / ${kind} ${this.#count(kind)}`
      : `${owner} / ${kind} ${this.#count(`${owner} ${kind}`)}`;
  }

  /** A transaction that begins now belongs to the message that has just passed. */
  noteMessage(text: string): void {
    this.#lastCallId = /^(?:Call-ID|i)[ \t]*:[ \t]*(\S+)/im.exec(text)?.[1] ?? '';
  }

  /** The Call-ID of a request may change from attempt to attempt. */
  noteRequest(actor: string, snapshot: object | undefined): void {
    const headers = memberOf(objectIn(memberOf(snapshot, 'context'), 'request'), 'headers');
    if (!Array.isArray(headers)) return;
    const row: unknown = headers.find((one: unknown) => Array.isArray(one) && /^(?:call-id|i)$/i.test(String(one[0])));
    if (!Array.isArray(row)) return;
    const callId = String(row[1]).trim();
    if (this.#requests.has(callId)) return;
    this.#requests.set(callId, actor);
    const [oldest] = this.#requests.keys();
    if (this.#requests.size > MOST_CALL_IDS && oldest !== undefined) this.#requests.delete(oldest);
  }

  #count(what: string): number {
    const number = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, number);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > MOST_CALL_IDS && oldest !== undefined && oldest !== 'request') this.#counts.delete(oldest);
    return number;
  }
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['inviteClientTransaction', 'INVITE client transaction'],
  ['nonInviteClientTransaction', 'client transaction'],
  ['inviteServerTransaction', 'INVITE server transaction'],
  ['nonInviteServerTransaction', 'server transaction'],
]);
