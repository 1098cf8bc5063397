// What XState tells an inspector, read without trusting it; XState's own types stay outside.

/** What `inspect` is given: the events of XState, and those of this library (`@sip-retry.…`). */
export interface InspectionEvent {
  readonly type: string;
}

/** One thing of a program that is in states: an actor of XState, by identity. */
export interface ActorRef {
  readonly sessionId: string;
  readonly id: string;
  /** The configuration of its machine; absent where it is none. */
  readonly config: object | undefined;
  readonly parent: object | undefined;
  readonly snapshot: () => unknown;
}

export function actorOf(event: InspectionEvent): object | undefined {
  return objectIn(event, 'actorRef');
}

export function readActor(ref: object): ActorRef {
  const config = objectIn(objectIn(ref, 'logic'), 'config');
  return {
    sessionId: textIn(ref, 'sessionId') ?? '',
    id: textIn(ref, 'id') ?? '',
    config: config !== undefined && ('states' in config || 'initial' in config || 'id' in config) ? config : undefined,
    parent: objectIn(ref, '_parent'),
    snapshot: () => {
      const read = memberOf(ref, 'getSnapshot');
      return typeof read === 'function' ? (Reflect.apply(read, ref, []) as unknown) : undefined;
    },
  };
}

/** The paths of the active states, the machine itself aside. */
export function statesOf(snapshot: unknown): readonly string[] {
  const nodes = memberOf(snapshot, '_nodes');
  if (!Array.isArray(nodes)) return statesIn(memberOf(snapshot, 'value'));
  return nodes.flatMap((node: unknown) => {
    const path = memberOf(node, 'path');
    return Array.isArray(path) && path.length > 0 ? [path.join('.')] : [];
  });
}

/** The paths in a state value: `{ recovering: 'waiting' }` is `recovering` and `recovering.waiting`. */
export function statesIn(value: unknown, around = ''): readonly string[] {
  if (around.length > MOST_PATH) return [];
  if (typeof value === 'string') return [pathOf(around, value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .slice(0, MOST_STATES)
    .flatMap(([name, inner]) => [pathOf(around, name), ...statesIn(inner, pathOf(around, name))]);
}

const MOST_PATH = 1_000;
const MOST_STATES = 200;

function pathOf(around: string, name: string): string {
  return around === '' ? name : `${around}.${name}`;
}

export function objectIn(owner: unknown, name: string): object | undefined {
  const member = memberOf(owner, name);
  return typeof member === 'object' && member !== null ? member : undefined;
}

export function textIn(owner: unknown, name: string): string | undefined {
  const member = memberOf(owner, name);
  return typeof member === 'string' ? member : undefined;
}

export function numberIn(owner: unknown, name: string): number | undefined {
  const member = memberOf(owner, name);
  return typeof member === 'number' && Number.isFinite(member) ? member : undefined;
}

/** A member of its own or of its class. */
export function memberOf(owner: unknown, name: string): unknown {
  if (typeof owner !== 'object' || owner === null || !(name in owner)) return undefined;
  return (owner as { readonly [name: string]: unknown })[name];
}
