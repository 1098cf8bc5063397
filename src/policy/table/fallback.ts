// RFC 3261 §8.1.3.2: an unknown code is treated as the x00 of its class. And 2xx: the request succeeded.
import type { StatusEntry } from '../rule.js';
import { globalFailure } from './global-failure.js';
import { redirection } from './redirection.js';
import { refusal } from './refusal.js';
import { serverFailure } from './server-failure.js';

export const fallback = {
  '2xx': {
    // OK
    definedIn: 'RFC 3261 §21.2',
    impact: 'transaction',
    rules: [{ do: 'accept', cite: 'RFC 3261 §21.2' }],
  },
  '3xx': redirection[300],
  '4xx': refusal[400],
  '5xx': serverFailure[500],
  '6xx': globalFailure[600],
} as const satisfies Record<string, StatusEntry>;
