// What each limit is called on the page, and in which unit.
import type { Limits } from '../../../policy/limits.js';

export type LimitName = Exclude<keyof Limits, 'maxElapsedMs'>;

export interface LimitField {
  readonly name: LimitName;
  readonly label: string;
  readonly step?: number;
  readonly most?: number;
}

export const LIMIT_FIELDS: readonly LimitField[] = [
  { name: 'maxAttempts', label: 'Attempts' },
  { name: 'maxRoundsPerRealm', label: 'Answers to one realm' },
  { name: 'maxStale', label: 'Answers to stale nonces' },
  { name: 'maxWaitMs', label: 'Longest wait, ms' },
  { name: 'minWaitMs', label: 'Shortest wait, ms' },
  { name: 'spread', label: 'Spread of a wait', step: 0.01, most: 1 },
  { name: 'maxSpreadMs', label: 'Largest spread, ms' },
  { name: 'maxIntervalSeconds', label: 'Longest interval, s' },
  { name: 'maxRaises', label: 'Raises of an interval' },
  { name: 'maxGlareRounds', label: 'Waits after 491' },
  { name: 'maxRedirects', label: 'Redirections' },
  { name: 'askMs', label: 'Open question, ms' },
  { name: 'ceilingPerMinute', label: 'Transactions a minute' },
];
