// The order in which SRV records are tried (RFC 2782, "Usage rules"): priority, then weight and chance.

/** One SRV record. */
export interface SrvRecord {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  /** The host; '.' says that the service is not offered. */
  readonly target: string;
}

/**
 * Lower priorities first; inside one, a record comes next with the probability of its weight among those left.
 * @param random numbers of [0, 1)
 */
export function orderSrvRecords(records: readonly SrvRecord[], random: () => number): readonly SrvRecord[] {
  const byPriority = new Map<number, SrvRecord[]>();
  for (const record of records) {
    const group = byPriority.get(record.priority);
    if (group === undefined) byPriority.set(record.priority, [record]);
    else group.push(record);
  }
  return [...byPriority.keys()]
    .sort((a, b) => a - b)
    .flatMap((key) => orderByWeight(byPriority.get(key) ?? [], random));
}

function orderByWeight(group: readonly SrvRecord[], random: () => number): readonly SrvRecord[] {
  // "arrange all SRV RRs (that have not been ordered yet) in any order, except that all those with weight 0 are placed
  // at the beginning of the list"
  const left = [...group.filter(({ weight }) => weight === 0), ...group.filter(({ weight }) => weight !== 0)];
  const ordered: SrvRecord[] = [];
  while (left.length > 0) {
    const sum = left.reduce((total, { weight }) => total + weight, 0);
    // "choose a uniform random number between 0 and the sum computed (inclusive)"
    const chosen = Math.floor(random() * (sum + 1));
    let running = 0;
    const at = left.findIndex(({ weight }) => (running += weight) >= chosen);
    ordered.push(...left.splice(at, 1));
  }
  return ordered;
}
