// Actors by what they are, as their names say it.

export interface ActorGroup {
  readonly title: string;
  /** Id and name. */
  readonly actors: readonly (readonly [string, string])[];
}

export function groupsOf(actors: ReadonlyMap<string, string>): readonly ActorGroup[] {
  const groups = new Map<string, (readonly [string, string])[]>();
  for (const actor of actors) {
    const title = titleOf(actor[1]);
    const known = groups.get(title);
    if (known === undefined) groups.set(title, [actor]);
    else known.push(actor);
  }
  return ORDER.flatMap((title) => {
    const found = groups.get(title);
    return found === undefined ? [] : [{ title, actors: found }];
  });
}

const ORDER = ['Requests', 'Transactions', 'Servers', 'Others'] as const;

function titleOf(name: string): (typeof ORDER)[number] {
  if (name.includes(' / ')) return 'Transactions';
  if (name.startsWith('request')) return 'Requests';
  return name.startsWith('server') ? 'Servers' : 'Others';
}
