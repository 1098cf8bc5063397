// What cannot be run in a plan: its author's mistake, told at once with the place and what would be allowed there.
import { limitDefects } from '../policy/set-limits.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import { MOST_COHORTS, type CohortPlan, type FleetPlan, type OutagePlan, type RegistrarPlan } from './fleet-plan.js';

/** @throws SipRetryError `badOptions` for the first number or word that makes no sense. */
export function requireRunnable({ seed, untilMs, network, registrars, cohorts }: FleetPlan): void {
  if (registrars.length === 0) refuse('registrars is empty; give one at least');
  if (cohorts.length === 0 || cohorts.length > MOST_COHORTS) {
    refuse(`cohorts has ${cohorts.length} members; give from 1 to ${MOST_COHORTS}`);
  }
  demand('seed', seed, wholeFrom(0));
  demand('untilMs', untilMs, aboveZero);
  demand('network.transport', network.transport, oneOf(TRANSPORTS));
  demand('network.latencyMs', network.latencyMs, fromZero);
  registrars.forEach((registrar, index) => requireRegistrar(registrar, `registrars[${index}]`));
  cohorts.forEach((cohort, index) => requireCohort(cohort, `cohorts[${index}]`));
}

// Maps, so that a word that a plan learns cannot be forgotten here.
const TRANSPORTS: Readonly<Record<FleetPlan['network']['transport'], true>> = { UDP: true, TCP: true };
const WHEN_FULL: Readonly<Record<RegistrarPlan['whenFull'], true>> = { drop: true, refuse: true, control: true };
const ANSWERS: Readonly<Record<OutagePlan['answer'], true>> = { silent: true, refused: true, unavailable: true };
const BEHAVIOURS: Readonly<Record<CohortPlan['behaviour'], true>> = {
  standard: true,
  fixedInterval: true,
  immediateRetry: true,
};

function requireRegistrar(registrar: RegistrarPlan, path: string): void {
  demand(`${path}.perSecond`, registrar.perSecond, aboveZero);
  demand(`${path}.queue`, registrar.queue, wholeFrom(0));
  demand(`${path}.whenFull`, registrar.whenFull, oneOf(WHEN_FULL));
  requireRange(registrar.retryAfter, `${path}.retryAfter`);
  demand(`${path}.nonceLifetimeMs`, registrar.nonceLifetimeMs, aboveZero);
  demand(`${path}.mostExpires`, registrar.mostExpires, wholeFrom(1));
  let before = 0;
  for (const [index, { fromMs, forMs, answer, retryAfter }] of registrar.outages.entries()) {
    const each = `${path}.outages[${index}]`;
    demand(`${each}.fromMs`, fromMs, index === 0 ? fromZero : numberFrom(before, ', the end of the outage before it'));
    demand(`${each}.forMs`, forMs, aboveZero);
    demand(`${each}.answer`, answer, oneOf(ANSWERS));
    requireRange(retryAfter, `${each}.retryAfter`);
    before = fromMs + forMs;
  }
}

function requireRange(range: RegistrarPlan['retryAfter'], path: string): void {
  if (range === undefined) return;
  demand(`${path}.least`, range.least, wholeFrom(0));
  demand(`${path}.most`, range.most, wholeFrom(range.least));
}

function requireCohort(cohort: CohortPlan, path: string): void {
  demand(`${path}.count`, cohort.count, wholeFrom(1));
  demand(`${path}.behaviour`, cohort.behaviour, oneOf(BEHAVIOURS));
  demand(`${path}.start.atMs`, cohort.start.atMs, fromZero);
  demand(`${path}.start.overMs`, cohort.start.overMs, fromZero);
  demand(`${path}.expires`, cohort.expires, wholeFrom(1));
  demand(`${path}.retryMs`, cohort.retryMs, aboveZero);
  demand(`${path}.refreshAt`, cohort.refreshAt, {
    allowed: 'a number above 0, up to 1',
    admits: (value) => isNumber(value) && value > 0 && value <= 1,
  });
  const [defect] = limitDefects(cohort.limits);
  if (defect !== undefined) refuse(`${path}.limits.${defect.path} is ${defect.found}; give ${defect.allowed}`);
}

interface Kind {
  readonly allowed: string;
  admits(value: unknown): boolean;
}

const aboveZero: Kind = { allowed: 'a number above 0', admits: (value) => isNumber(value) && value > 0 };
const fromZero: Kind = numberFrom(0);

function numberFrom(least: number, why = ''): Kind {
  return { allowed: `a number from ${least}${why}`, admits: (value) => isNumber(value) && value >= least };
}

function wholeFrom(least: number): Kind {
  return {
    allowed: `a whole number from ${least}`,
    admits: (value) => Number.isSafeInteger(value) && Number(value) >= least,
  };
}

function oneOf(words: Readonly<Record<string, true>>): Kind {
  return {
    allowed: `one of ${Object.keys(words).join(', ')}`,
    admits: (value) => typeof value === 'string' && Object.hasOwn(words, value),
  };
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function demand(path: string, value: number | string, kind: Kind): void {
  if (!kind.admits(value)) refuse(`${path} is ${value}; give ${kind.allowed}`);
}

function refuse(why: string): never {
  throw new SipRetryError('badOptions', `${why}.`);
}
