// A registrar as its clients see it: so many requests a second, a queue, a rule for a full one, challenges, and outages.
import type { OutagePlan, RegistrarPlan, SecondsRange } from './fleet-plan.js';
import { acceptanceOf, challengeOf, unavailabilityOf, type Reply } from './message-templates.js';
import { ReplyShelf } from './reply-shelf.js';
import { OverloadMeter } from './overload-meter.js';

/** What comes of a request: a reply, nothing, or a refusal of the host. */
export type Arrival = Reply | 'silence' | 'refusal';

/** What a REGISTER shows of its credentials: the second of the nonce (-1: none), and whether the password is right. */
export interface ShownCredentials {
  readonly nonce: number;
  readonly isRight: boolean;
}

/** Requests must come in the order of their arrival. */
export class Registrar {
  /** After a reply: when it leaves. After silence: when the same request could fare better, at the earliest. */
  moment = 0;
  readonly plan: RegistrarPlan;
  readonly #random: () => number;
  readonly #meter: OverloadMeter | undefined;
  readonly #workMs: number;
  readonly #acceptances = new ReplyShelf();
  readonly #challenges = new ReplyShelf();
  readonly #refusals = new ReplyShelf();
  /** When all that waits is answered. */
  #freeAt = 0;
  #outages = 0;
  /** Nonces of seconds before this are forgotten. */
  #noncesFrom = 0;

  constructor(plan: RegistrarPlan, random: () => number) {
    this.plan = plan;
    this.#random = random;
    this.#workMs = 1_000 / plan.perSecond;
    this.#meter = plan.whenFull === 'control' ? new OverloadMeter(plan.perSecond) : undefined;
  }

  /** A request arrives. @param expires the interval that it asks for, in seconds. */
  arrive(now: number, shown: ShownCredentials, expires: number): Arrival {
    const outage = this.#outageAt(now);
    if (outage !== undefined && outage.fromMs <= now) return this.#duringOutage(now, outage);
    this.#meter?.note(now);
    const begins = Math.max(now, this.#freeAt);
    if (begins - now > this.plan.queue * this.#workMs) return this.#whenFull(now);
    const ends = begins + this.#workMs;
    this.#freeAt = ends;
    // What it has not answered when it stops is never answered; what repeats it is absorbed until then.
    if (outage !== undefined && ends > outage.fromMs) return this.#lostIn(outage);
    this.moment = ends;
    return this.#judge(now, shown, expires);
  }

  /** The outage that is on or comes next. */
  #outageAt(now: number): OutagePlan | undefined {
    const { outages } = this.plan;
    for (let outage = outages[this.#outages]; outage !== undefined; outage = outages[this.#outages]) {
      const end = outage.fromMs + outage.forMs;
      if (now < end) return outage;
      this.#outages += 1;
      this.#freeAt = end;
      if (outage.forgets.nonces) this.#noncesFrom = Math.ceil(end / 1_000);
    }
    return undefined;
  }

  #duringOutage(now: number, { fromMs, forMs, answer, retryAfter }: OutagePlan): Arrival {
    this.moment = now;
    switch (answer) {
      case 'silent':
        return this.#silenceUntil(fromMs + forMs);
      case 'refused':
        return 'refusal';
      case 'unavailable':
        return this.#unavailability(retryAfter, '');
    }
  }

  #whenFull(now: number): Arrival {
    this.moment = now;
    if (this.plan.whenFull === 'drop') return 'silence';
    return this.#unavailability(this.plan.retryAfter, this.#meter?.report(now) ?? '');
  }

  #lostIn({ fromMs, forMs, answer }: OutagePlan): 'silence' {
    return this.#silenceUntil(answer === 'silent' ? fromMs + forMs : fromMs);
  }

  #silenceUntil(moment: number): 'silence' {
    this.moment = moment;
    return 'silence';
  }

  /** What it says to who is served at last; the nonce is that of the moment at which it was asked. */
  #judge(now: number, { nonce, isRight }: ShownCredentials, expires: number): Reply {
    const { challenges, mostExpires, saysStale } = this.plan;
    const control = this.#meter?.report(now) ?? '';
    if (!challenges) return this.#acceptance(Math.min(expires, mostExpires), control);
    const second = Math.floor(now / 1_000);
    if (nonce < 0) return this.#challenge(second, false, control);
    if (nonce < this.#noncesFrom || now - 1_000 * nonce > this.plan.nonceLifetimeMs) {
      return this.#challenge(second, saysStale, control);
    }
    return isRight
      ? this.#acceptance(Math.min(expires, mostExpires), control)
      : this.#challenge(second, false, control);
  }

  #acceptance(expires: number, control: string): Reply {
    return this.#acceptances.get(expires, control, () => acceptanceOf(expires, control));
  }

  #challenge(nonce: number, stale: boolean, control: string): Reply {
    const key = 2 * nonce + (stale ? 1 : 0);
    return this.#challenges.get(key, control, () => challengeOf(nonce, stale, control));
  }

  #unavailability(range: SecondsRange | undefined, control: string): Reply {
    if (range === undefined) return this.#refusals.get(-1, control, () => unavailabilityOf(undefined, control));
    const seconds = range.least + Math.floor(this.#random() * (range.most - range.least + 1));
    return this.#refusals.get(seconds, control, () => unavailabilityOf(seconds, control));
  }
}
