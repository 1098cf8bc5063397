// The time that is left, on the state in which it is waited for.
import { durationInWords } from '../../../policy/in-words.js';
import type { ActorMoment } from '../flow/actor-moment.js';
import { SVG, type Picture } from './picture.js';

const HEIGHT = 18;
const OVERLAP = 4;
const CHARACTER = 7;

export class TimerBadge {
  readonly #element = document.createElementNS(SVG, 'g');
  readonly #box = document.createElementNS(SVG, 'rect');
  readonly #text = document.createElementNS(SVG, 'text');

  constructor() {
    this.#element.classList.add('timer');
    this.#element.setAttribute('aria-hidden', 'true');
    this.#box.setAttribute('rx', '9');
    this.#box.setAttribute('height', String(HEIGHT));
    this.#text.setAttribute('text-anchor', 'middle');
    this.#element.append(this.#box, this.#text);
  }

  show({ states, group }: Picture, moment: ActorMoment | undefined, now: number): void {
    const left = timeLeft(moment, now);
    const placed = moment?.states.map((id) => states.get(id)?.placed).findLast((one) => one !== undefined);
    if (left === undefined || placed === undefined) {
      this.#element.remove();
      return;
    }
    const text = `⏱ ${left}`;
    const width = text.length * CHARACTER + 14;
    const x = placed.x + placed.width / 2 - width / 2;
    const y = placed.y + placed.height - OVERLAP;
    this.#box.setAttribute('x', String(x));
    this.#box.setAttribute('y', String(y));
    this.#box.setAttribute('width', String(width));
    this.#text.setAttribute('x', String(x + width / 2));
    this.#text.setAttribute('y', String(y + HEIGHT / 2 + 4));
    if (this.#text.textContent !== text) this.#text.textContent = text;
    if (this.#element.parentNode !== group) group.append(this.#element);
  }
}

/** Until the first of the timers that still run: `12.3 s`. */
export function timeLeft(moment: ActorMoment | undefined, now: number): string | undefined {
  const ends = (moment?.timers ?? []).map(({ until }) => until).filter((until) => until > now);
  if (ends.length === 0) return undefined;
  const left = Math.min(...ends) - now;
  return left < 60_000 ? `${(left / 1_000).toFixed(1)} s` : durationInWords(left);
}
