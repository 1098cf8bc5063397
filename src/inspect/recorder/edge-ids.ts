// Which edge of a chart a transition of XState is: the transition itself is known by its place at its source.
import { invokedBy } from '../chart/invoked.js';
import { memberOf, objectIn, textIn } from '../inspection-event.js';

/** Finds the edges of microsteps; each transition is looked up once. */
export class EdgeIds {
  readonly #known = new WeakMap<object, string>();

  /** The ids of the edges that were taken, as `chartOf` gives them. */
  of(microstep: object): readonly string[] {
    const transitions = memberOf(microstep, '_transitions');
    if (!Array.isArray(transitions)) return [];
    return transitions.flatMap((transition: unknown) => {
      if (typeof transition !== 'object' || transition === null) return [];
      const id = this.#known.get(transition) ?? idOf(transition);
      if (id === undefined) return [];
      this.#known.set(transition, id);
      return [id];
    });
  }
}

function idOf(transition: object): string | undefined {
  const source = objectIn(transition, 'source');
  const path = memberOf(source, 'path');
  const event = textIn(transition, 'eventType');
  // The step into the first state has no source, and is no edge.
  if (!Array.isArray(path) || event === undefined) return undefined;
  const transitions = memberOf(source, 'transitions');
  const known: unknown =
    event === '' ? memberOf(source, 'always') : transitions instanceof Map ? transitions.get(event) : undefined;
  const place = Array.isArray(known) ? known.indexOf(transition) : -1;
  return place < 0 ? undefined : `${path.join('.')}:${eventInChart(event, source)}:${place}`;
}

/** A chart calls `xstate.after.500.machine.state` "after 500", the end of a state "done", and that of an actor "done load". */
function eventInChart(event: string, source: object | undefined): string {
  const [, delay] = /^xstate\.after\.([^.]+)\./.exec(event) ?? [];
  if (delay !== undefined) return `after ${delay}`;
  const [, what, actor] = /^xstate\.(done\.actor|error\.actor|snapshot)\.(.+)$/s.exec(event) ?? [];
  if (what !== undefined && actor !== undefined) return `${what.split('.')[0] ?? ''} ${invokedName(actor, source)}`;
  return event.startsWith('xstate.done.state.') ? 'done' : event;
}

/** What has no id is named by its state and its place there. */
function invokedName(id: string, source: object | undefined): string {
  const definitions = memberOf(source, 'invoke');
  const place = Array.isArray(definitions) ? definitions.findIndex((one: unknown) => textIn(one, 'id') === id) : -1;
  return invokedBy(memberOf(objectIn(source, 'config'), 'invoke'))[place]?.name ?? id;
}
