// Moments of a transcript as people read them.

/** A moment in milliseconds as seconds, `32.500`; in a ladder that lasts longer, as `1:02:03.500`. */
export type WriteMoment = (ms: number) => string;

/** How all moments of a ladder are written whose last one this is. */
export function momentWriter(lastAt: number): WriteMoment {
  if (lastAt < 1_000_000) return (ms) => (Math.round(ms) / 1_000).toFixed(3);
  return (ms) => {
    const whole = Math.round(ms);
    const [hours, minutes] = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60];
    const seconds = ((whole % 60_000) / 1_000).toFixed(3).padStart(6, '0');
    return `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`;
  };
}

/** The date of a transcript's beginning: `2000-01-01 00:00:00 UTC`. */
export function dateInWords(startedAt: number): string {
  return `${new Date(startedAt).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
