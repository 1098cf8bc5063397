// Where the chart stands in its frame: pan, zoom, fit, and going to what should be seen.
import type { Box, Point } from '../../chart/lay-out.js';
import type { ActorMoment } from '../flow/actor-moment.js';
import type { Picture } from './picture.js';
import { centred, fit, panned, shows, zoomed, type Viewport } from './viewport.js';

const DRAG_FROM = 4;
const LEGIBLE = 0.5;

export class Stage {
  /** Whether the last press moved the chart, and was no click. */
  wasDragged = false;
  /** What was chosen in the chart itself is in sight already. */
  keepsStill = false;
  #svg: SVGSVGElement | undefined;
  #viewport: Viewport = { scale: 1, x: 0, y: 0 };
  #isPlaced = false;
  /** All of the chart is shown, and stays so when the frame changes its size. */
  #isWhole = false;
  #press: { readonly at: Point; readonly from: Viewport } | undefined;

  constructor(
    readonly picture: Picture,
    private readonly onMoved: () => void,
  ) {}

  /** Takes its place on the page; gives back what ends that. */
  mount(svg: SVGSVGElement): () => void {
    this.#svg = svg;
    svg.replaceChildren(this.picture.group);
    if (!this.#isPlaced) this.fit();
    const ending = new AbortController();
    const { signal } = ending;
    svg.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false });
    svg.addEventListener('pointerdown', (event) => this.#pressed(event), { signal });
    svg.addEventListener('pointermove', (event) => this.#dragged(event), { signal });
    const observer = new ResizeObserver(() => {
      if (this.#isWhole) this.fit();
    });
    observer.observe(svg);
    signal.addEventListener('abort', () => observer.disconnect());
    for (const end of ['pointerup', 'pointercancel'] as const) {
      svg.addEventListener(end, () => (this.#press = undefined), { signal });
    }
    return () => ending.abort();
  }

  fit(): void {
    this.#place(fit(this.picture.layout, this.#screen), true);
    this.#isWhole = true;
  }

  zoom(factor: number): void {
    const { width, height } = this.#screen;
    this.#byHand(zoomed(this.#viewport, factor, { x: width / 2, y: height / 2 }));
  }

  pan(by: Point): void {
    this.#byHand(panned(this.#viewport, by));
  }

  showRows(rows: ReadonlySet<string>, states: ReadonlySet<string>): void {
    const boxes = [
      ...[...rows].flatMap((id) => this.picture.rows.get(id)?.box ?? []),
      ...[...states].flatMap((id) => this.picture.states.get(id)?.placed ?? []),
    ];
    const [first] = boxes;
    const placed = centred(boxes, this.#screen, this.#viewport);
    // All at once if they can be read, else the first.
    this.#goTo(placed.scale >= LEGIBLE || first === undefined ? boxes : [first]);
  }

  /** The active states, and the edge that led to them if there is room. */
  showActive(moment: ActorMoment | undefined): void {
    const { states, rows, rowOf } = this.picture;
    const boxes = (moment?.states ?? []).flatMap((id) => states.get(id)?.placed ?? []);
    if (boxes.length === 0) return;
    const cards = (moment?.step?.edges ?? []).flatMap((id) => rows.get(rowOf.get(id) ?? '')?.box ?? []);
    this.#goTo([...boxes, ...cards]);
  }

  /** A row that was chosen somewhere else. */
  showChosen(id: string): void {
    if (!this.keepsStill) this.showRow(id);
    this.keepsStill = false;
  }

  showRow(id: string): void {
    const row = this.picture.rows.get(id);
    if (row !== undefined) this.#goTo([row.box]);
  }

  get #screen() {
    return { width: this.#svg?.clientWidth ?? 1, height: this.#svg?.clientHeight ?? 1 };
  }

  #goTo(boxes: readonly Box[]): void {
    if (boxes.length === 0 || shows(this.#viewport, boxes, this.#screen)) return;
    this.#place(centred(boxes, this.#screen, this.#viewport), true);
  }

  #byHand(viewport: Viewport): void {
    this.onMoved();
    this.#place(viewport, false);
  }

  #place(viewport: Viewport, isSmooth: boolean): void {
    const { group } = this.picture;
    group.classList.toggle('gliding', isSmooth && this.#isPlaced);
    this.#isPlaced = true;
    this.#isWhole = false;
    this.#viewport = viewport;
    group.style.transform = `translate(${viewport.x}px, ${viewport.y}px) scale(${viewport.scale})`;
  }

  #wheel(event: WheelEvent): void {
    // Where the window is small the page itself scrolls, and the chart is no trap on its way.
    if (!event.ctrlKey && isScrollable(document.documentElement)) return;
    event.preventDefault();
    const { left, top } = this.#svg?.getBoundingClientRect() ?? { left: 0, top: 0 };
    const factor = Math.exp(-event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : 0.0015));
    this.#byHand(zoomed(this.#viewport, factor, { x: event.clientX - left, y: event.clientY - top }));
  }

  #pressed(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.wasDragged = false;
    this.#press = { at: { x: event.clientX, y: event.clientY }, from: this.#viewport };
  }

  #dragged(event: PointerEvent): void {
    if (this.#press === undefined) return;
    const { at, from } = this.#press;
    const by = { x: event.clientX - at.x, y: event.clientY - at.y };
    if (!this.wasDragged && Math.hypot(by.x, by.y) < DRAG_FROM) return;
    if (!this.wasDragged) this.#svg?.setPointerCapture(event.pointerId);
    this.wasDragged = true;
    this.#byHand(panned(from, by));
  }
}

function isScrollable({ scrollHeight, clientHeight }: Element): boolean {
  return scrollHeight > clientHeight + 1;
}
