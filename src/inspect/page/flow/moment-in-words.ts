// Moments of a flow as seconds since its first entry.

export function momentWriter(startedAt: number): (at: number) => string {
  return (at) => {
    const ms = Math.round(at - startedAt);
    if (Math.abs(ms) < 3_600_000) return (ms / 1_000).toFixed(3);
    const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60];
    const seconds = ((ms % 60_000) / 1_000).toFixed(1).padStart(4, '0');
    return `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`;
  };
}
