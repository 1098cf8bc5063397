// The order of the files: what only waits begins first, then SIPp's scenarios, which mind a busy machine; last what measures time.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const ORDER = [
  ...['server-death', 'recovery', 'failover', 'wrong-client', 'registrar.interop'],
  ...['silence', 'streams', 'bad-network', 'hostile.interop', 'keep', 'many-hours', 'naive'],
  'registrations',
];

export class SlowestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve([...files].sort((one, other) => rankOf(one) - rankOf(other)));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const rank = ORDER.findIndex((name) => moduleId.includes(`/${name}`));
  return rank < 0 ? ORDER.length : rank;
}
