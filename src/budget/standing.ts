// What is known of one server that has failed; of a healthy server nothing is kept.

/** What a quarantine comes from. */
export type QuarantineCause =
  /** A 503 with Retry-After. */
  | 'retryAfter'
  /** A 503 without it, in answer to a probe. */
  | 'unavailable'
  | 'timeout'
  | 'transportError';

/** A server that is not asked, or only by one probe at a time. Moments are on the scale of the clock's `now()`. */
export interface Quarantine {
  readonly state: 'quarantined';
  readonly because: QuarantineCause;
  readonly since: number;
  /** The moment that a Retry-After told, spread included; `since` where none did. A response lifts nothing before it. */
  readonly notBefore: number;
  /** From this moment on one probe at a time may go. */
  readonly until: number;
  /** Timeouts, transport errors and failed probes in a row. */
  readonly failures: number;
  readonly failedProbes: number;
  /** When the probe went that nothing has been heard of yet. */
  readonly probeAt?: number | undefined;
}

/** A server that failed, but not often enough to be left alone. */
export interface Faltering {
  readonly state: 'faltering';
  readonly failures: number;
}

export type Standing = Quarantine | Faltering;

/** Whether a request may go to a server; a refusal tells why, with the numbers. */
export type HealthAdmission =
  | {
      readonly admitted: true;
      /** This request finds out whether a quarantined server is back; no other goes meanwhile. */
      readonly isProbe: boolean;
    }
  | {
      readonly admitted: false;
      readonly quarantine: Quarantine;
      /** When the next probe may go, at the latest; on the scale of the clock's `now()`. */
      readonly at: number;
    };

/** The moment at which the next probe may go. */
export function availableAt({ until, probeAt }: Quarantine, probeMs: number): number {
  return probeAt === undefined ? until : Math.max(until, probeAt + probeMs);
}

/** A quarantine while its probe is out. */
export type Probing = Quarantine & { readonly probeAt: number };

/** What a quarantine begins with. */
export interface QuarantineBeginning extends Pick<Quarantine, 'because' | 'failures' | 'failedProbes'> {
  /** Milliseconds until a probe may go. */
  readonly wait: number;
  /** How much of the wait the server itself asked for. */
  readonly told?: number | undefined;
}

/** A quarantine that begins at this moment. */
export function quarantineFrom(since: number, { wait, told = 0, ...others }: QuarantineBeginning): Quarantine {
  return { state: 'quarantined', ...others, since, notBefore: since + told, until: since + wait };
}

/** Stands for a quarantine where there is none. */
export const NOTHING_TOLD = { notBefore: -Infinity, failures: 0, failedProbes: 0 } as const;
