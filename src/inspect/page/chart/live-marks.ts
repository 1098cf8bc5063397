// What the flow lights in a chart: the states that are active and were visited, the edges that were taken, the timer.
import type { ActorMoment } from '../flow/actor-moment.js';
import { litIn } from './lit.js';
import type { Picture } from './picture.js';
import { TimerBadge } from './timer-badge.js';

/** What a person chose or looked for. */
export interface Chosen {
  readonly row: string | undefined;
  readonly found: ReadonlySet<string>;
}

/** Sets classes where they have changed since the last time. */
export class LiveMarks {
  readonly #marked = new Map<Element, string>();
  readonly #badge = new TimerBadge();
  #step = -1;

  constructor(private readonly picture: Picture) {}

  apply(moment: ActorMoment | undefined, chosen: Chosen, now: number): void {
    const { states, rows, lines, rowOf, group } = this.picture;
    const targetOf = (row: string) => rows.get(row)?.bundle.bundle.target;
    const { active, visited, taken, latest } = litIn({ states, rowOf, targetOf }, moment);
    for (const [id, { element }] of states) {
      this.#mark(element, { active: active.has(id), visited: visited.has(id) });
    }
    const lit = new Map<string, { taken: boolean; latest: boolean; chosen: boolean }>();
    for (const [id, { element, bundle }] of rows) {
      const marks = {
        taken: taken.has(id),
        latest: latest.has(id),
        chosen: id === chosen.row,
        found: chosen.found.has(id),
      };
      this.#mark(element, marks);
      const line = lit.get(bundle.bundle.id) ?? { taken: false, latest: false, chosen: false };
      lit.set(bundle.bundle.id, {
        taken: line.taken || marks.taken,
        latest: line.latest || marks.latest,
        chosen: line.chosen || marks.chosen,
      });
    }
    for (const [id, element] of lines) this.#mark(element, lit.get(id) ?? {});
    group.classList.toggle('searched', chosen.found.size > 0);
    this.#flash(moment?.step?.seq ?? -1, latest);
    this.#badge.show(this.picture, moment, now);
  }

  #mark(element: Element, marks: Readonly<Record<string, boolean>>): void {
    const key = Object.keys(marks)
      .filter((name) => marks[name] === true)
      .join(' ');
    if ((this.#marked.get(element) ?? '') === key) return;
    this.#marked.set(element, key);
    for (const name of MARKS) element.classList.toggle(name, marks[name] === true);
  }

  /** The edges of a new step flash once. */
  #flash(step: number, latest: ReadonlySet<string>): void {
    if (step === this.#step) return;
    this.#step = step;
    for (const id of latest) {
      const row = this.picture.rows.get(id);
      const line = row === undefined ? undefined : this.picture.lines.get(row.bundle.bundle.id);
      for (const element of [row?.element, line]) {
        for (const animation of element?.getAnimations() ?? []) {
          animation.cancel();
          animation.play();
        }
      }
    }
  }
}

const MARKS = ['active', 'visited', 'taken', 'latest', 'chosen', 'found'];
