// Speaks the official inspector's language: complete definitions, the context of the moment, and no secrets.
import { actorOf, memberOf, numberIn, objectIn, readActor, textIn, type InspectionEvent } from '../inspection-event.js';
import type { Redaction } from '../redact.js';
import { OFFICIAL_VERSION, type OfficialActor, type OfficialMessage } from './official-message.js';

const MOST_ACTORS = 500;

export interface OfficialWriterMeans {
  readonly redaction: Redaction;
  readonly now: () => number;
  readonly send: (message: OfficialMessage) => void;
}

export class OfficialWriter {
  readonly #means: OfficialWriterMeans;
  /** Each actor has a system of its own here, and each system counts its actors from 0: numbers of ours tell them apart. */
  readonly #ids = new WeakMap<object, string>();
  readonly #introduced = new WeakSet<object>();
  /** By configuration: many actors share one. */
  readonly #definitions = new WeakMap<object, string>();
  /** Each actor with its latest snapshot, for whoever comes late. */
  readonly #actors = new Map<string, OfficialActor>();
  #count = 0;

  constructor(means: OfficialWriterMeans) {
    this.#means = means;
  }

  /** All actors as they are now: a page that is opened late sees their charts. */
  get actors(): readonly OfficialActor[] {
    return [...this.#actors.values()];
  }

  take(event: InspectionEvent): void {
    const ref = actorOf(event);
    if (ref === undefined) return;
    switch (event.type) {
      case '@xstate.event': {
        // Its source is nobody where it came from outside.
        const source = objectIn(event, 'sourceRef');
        const sourceId = source === undefined ? undefined : this.#idOf(source);
        if (this.#isKnown(ref))
          this.#send({ ...this.#common(ref, event), type: event.type, sourceId, event: this.#shown(event, 'event') });
        return;
      }
      case '@xstate.snapshot': {
        const snapshot = this.#snapshotOf(objectIn(event, 'snapshot'));
        const common = this.#common(ref, event);
        if (!this.#isKnown(ref)) this.#introduce(ref, { ...common, snapshot }, textIn(event, 'name'));
        else this.#send({ ...common, type: event.type, event: this.#shown(event, 'event'), snapshot });
        this.#keep(common.sessionId, snapshot);
        return;
      }
      default:
        return;
    }
  }

  #isKnown(ref: object): boolean {
    return this.#introduced.has(ref);
  }

  /** With its first snapshot: before that there is nothing to show of it. */
  #introduce(
    ref: object,
    common: Omit<OfficialActor, 'type' | 'name' | 'parentId' | 'definition'>,
    given: string | undefined,
  ): void {
    const { config, id, parent } = readActor(ref);
    const { redaction } = this.#means;
    const name = redaction.text(
      given ?? (config === undefined ? id : `${textIn(config, 'id') ?? id} ${common.sessionId}`),
    );
    const definition = config === undefined ? JSON.stringify({ id: name }) : this.#definitionOf(config);
    this.#introduced.add(ref);
    const parentId = parent === undefined ? undefined : this.#idOf(parent);
    const actor: OfficialActor = { ...common, type: '@xstate.actor', name, parentId, definition };
    this.#actors.set(common.sessionId, actor);
    const [oldest] = this.#actors.keys();
    if (this.#actors.size > MOST_ACTORS && oldest !== undefined) this.#actors.delete(oldest);
    this.#send(actor);
  }

  #definitionOf(config: object): string {
    const known = this.#definitions.get(config);
    if (known !== undefined) return known;
    const definition = JSON.stringify(this.#means.redaction.definition(config));
    this.#definitions.set(config, definition);
    return definition;
  }

  #keep(sessionId: string, snapshot: unknown): void {
    const actor = this.#actors.get(sessionId);
    if (actor !== undefined) this.#actors.set(sessionId, { ...actor, snapshot });
  }

  #common(ref: object, event: InspectionEvent) {
    const at = numberIn(event, 'at') ?? numberIn(objectIn(event, 'event'), 'at') ?? this.#means.now();
    const createdAt = String(Math.round(at));
    return {
      _version: OFFICIAL_VERSION,
      createdAt,
      id: null,
      sessionId: this.#idOf(ref),
      rootId: this.#idOf(rootOf(ref)),
    };
  }

  #idOf(ref: object): string {
    const known = this.#ids.get(ref);
    if (known !== undefined) return known;
    const id = `x:${this.#count}`;
    this.#count += 1;
    this.#ids.set(ref, id);
    return id;
  }

  #snapshotOf(snapshot: object | undefined): unknown {
    const shown = SHOWN.flatMap((name) => {
      const member = memberOf(snapshot, name);
      if (member === undefined) return [];
      return [[name, member instanceof Set ? [...(member as ReadonlySet<unknown>)] : member] as const];
    });
    return this.#means.redaction.value(Object.fromEntries(shown));
  }

  #shown(event: InspectionEvent, name: string): unknown {
    return this.#means.redaction.value(memberOf(event, name) ?? { type: '' });
  }

  #send(message: OfficialMessage): void {
    this.#means.send(message);
  }
}

/** What of a snapshot the official inspector reads. */
const SHOWN = ['status', 'value', 'context', 'output', 'tags', 'historyValue'] as const;

function rootOf(ref: object): object {
  let root = ref;
  for (let parent = objectIn(root, '_parent'); parent !== undefined; parent = objectIn(root, '_parent')) root = parent;
  return root;
}
