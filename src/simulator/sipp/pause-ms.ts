// How long a SIPp scenario pauses: so long, or by chance.
import type { PauseDuration } from './program.js';
import type { Variables } from './variables.js';

/** Milliseconds, 0 or more. */
export function pauseMs(duration: PauseDuration, random: () => number, variables: Variables): number {
  return Math.max(0, Math.round(drawn(duration, random, variables)));
}

function drawn(duration: PauseDuration, random: () => number, variables: Variables): number {
  switch (duration.kind) {
    case 'fixed':
      return duration.ms;
    case 'variable':
      return variables.numberOf(duration.variable);
    case 'uniform':
      return duration.min + random() * (duration.max - duration.min);
    case 'normal':
      return duration.mean + duration.deviation * standardNormal(random);
  }
}

/** By the method of Box and Muller. */
function standardNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
