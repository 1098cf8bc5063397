// The charts of an inspector: one for each configuration of a machine, laid out when somebody looks.
import { policyOfChart } from '../../../machines/retry.machine.js';
import { policyToJson } from '../../policy/policy-json.js';
import { rfcPolicy } from '../../policy/table/index.js';
import { bundlesOf, chartOf, layOut, withoutUnreachable, type ChartModel, type GraphLayout } from '../chart/index.js';
import type { ChartEntry } from '../inspector-entry.js';
import { isTooLarge } from '../layout-limit.js';
import type { Redaction } from '../redact.js';

const MOST_CHARTS = 64;

export interface ChartBookMeans {
  readonly redaction: Redaction;
  /** Is given each chart once it is laid out. */
  readonly tell: (chart: ChartEntry) => void;
  /** Places charts; default: this thread. */
  readonly layOutGraph: GraphLayout | undefined;
}

/** A policy leaves states of its chart unused; of another program's chart everything is shown. */
function chartToShow(config: object): ChartModel {
  const chart = chartOf(config);
  return policyOfChart(config) === undefined ? chart : withoutUnreachable(chart);
}

export class ChartBook {
  readonly #ids = new WeakMap<object, string>();
  readonly #models = new Map<string, ChartModel>();
  readonly #waiting: { readonly id: string; readonly config: object }[] = [];
  readonly #means: ChartBookMeans;
  #isAsked = false;
  #work: Promise<void> = Promise.resolve();

  constructor(means: ChartBookMeans) {
    this.#means = means;
  }

  /** The id of the chart of this configuration; charts that are called alike are numbered. */
  idOf(config: object): string {
    const known = this.#ids.get(config);
    if (known !== undefined) return known;
    // Its names and descriptions come from a program: what is kept of them is masked, and so are the ids of its steps.
    const model = JSON.parse(this.#means.redaction.json(chartToShow(config))) as ChartModel;
    const id = this.#newId(model.name.slice(0, 100));
    this.#ids.set(config, id);
    if (this.#models.size >= MOST_CHARTS) return id;
    if (isTooLarge(model)) return id;
    this.#models.set(id, model);
    this.#waiting.push({ id, config });
    if (this.#isAsked) void this.layOut();
    return id;
  }

  model(id: string): ChartModel | undefined {
    return this.#models.get(id);
  }

  /** From now on charts are laid out; before, nobody has looked, and a program has better things to do. */
  layOut(): Promise<void> {
    this.#isAsked = true;
    for (const { id, config } of this.#waiting.splice(0)) {
      this.#work = this.#work.then(() => this.#layOut(id, config)).catch(() => undefined);
    }
    return this.#work;
  }

  async #layOut(id: string, config: object): Promise<void> {
    const model = this.#models.get(id);
    if (model === undefined) return;
    const policy = policyOfChart(config);
    const layout = await layOut(model, bundlesOf(model), this.#means.layOutGraph);
    const isOwn = policy !== undefined && policy !== rfcPolicy;
    this.#means.tell({ type: 'chart', id, model, layout, ...(isOwn ? { policy: policyToJson(policy) } : {}) });
  }

  #newId(name: string): string {
    if (!this.#models.has(name)) return name;
    for (let number = 2; ; number += 1) {
      if (!this.#models.has(`${name} ${number}`)) return `${name} ${number}`;
    }
  }
}
