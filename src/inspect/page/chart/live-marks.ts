// What the flow lights in a chart: the states that are active and were visited, the edges that were taken, the timer.
import type { ActorMoment } from '../flow/actor-moment.js';
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
    const active = new Set((moment?.states ?? []).flatMap(withAround).map((id) => this.#shown(id)));
    const taken = rowsOf([...(moment?.taken ?? [])], rowOf);
    // A state that was left at once was visited, too.
    const passed = [...taken].flatMap((id) => rows.get(id)?.bundle.bundle.target ?? []);
    const visited = new Set([...(moment?.visited ?? []), ...passed].flatMap(withAround).map((id) => this.#shown(id)));
    const latest = rowsOf(moment?.step?.edges ?? [], rowOf);
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

  /** A state inside a closed one is shown by the closed one. */
  #shown(id: string): string {
    let shown = id;
    while (shown.includes('.') && !this.picture.states.has(shown)) shown = shown.slice(0, shown.lastIndexOf('.'));
    return shown;
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

function rowsOf(edges: readonly string[], rowOf: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set(edges.flatMap((edge) => rowOf.get(edge) ?? []));
}

/** `a.b` and `a`. */
function withAround(path: string): readonly string[] {
  return path.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.'));
}
