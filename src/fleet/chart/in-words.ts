// Numbers of a fleet in words: counts, shares, durations.

/** `1,234`, `12.3 k`, `4.56 M`. */
export function countInWords(count: number): string {
  if (count >= 1e6) return `${significant(count / 1e6)} M`;
  if (count >= 1e4) return `${significant(count / 1e3)} k`;
  return count >= 100 ? Math.round(count).toLocaleString('en-US') : significant(count);
}

export function shareInWords(share: number): string {
  if (share === 0) return '0 %';
  return share < 0.001 ? '< 0.1 %' : `${share < 0.1 ? (100 * share).toFixed(1) : Math.round(100 * share)} %`;
}

/** `0 s`, `45 s`, `7 min 5 s`, `1 h 12 min`; `never` for what did not happen within the run. */
export function durationInWords(seconds: number | null): string {
  if (seconds === null) return 'never';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (minutes < 60) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  const [hours, left] = [Math.floor(minutes / 60), minutes % 60];
  return left === 0 ? `${hours} h` : `${hours} h ${left} min`;
}

function significant(number: number): string {
  return String(Number(number.toPrecision(3)));
}
