// The word that was probably meant: for the sentence about a name that does not exist.

/** The name nearest to this one, when few letters differ; `undefined` when none is near. */
export function nearestName<K extends string>(word: string, names: readonly K[]): K | undefined {
  if (word.length > LONGEST) return undefined;
  const lower = word.toLowerCase();
  const most = Math.min(3, Math.floor(word.length / 3));
  let nearest: K | undefined;
  let least = most + 1;
  for (const name of names) {
    const distance = editDistance(lower, name.toLowerCase());
    if (distance < least) {
      nearest = name;
      least = distance;
    }
  }
  return nearest;
}

/** No name is longer, so nothing longer can be near one. */
const LONGEST = 40;

/** How many letters must be added, dropped or exchanged to make one word of the other. */
function editDistance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const letter of one) {
    let diagonal = 0;
    let left = Infinity;
    above = above.map((up, column) => {
      const exchanged = column === 0 ? Infinity : diagonal + Number(letter !== other.charAt(column - 1));
      left = Math.min(exchanged, up + 1, left + 1);
      diagonal = up;
      return left;
    });
  }
  return Math.max(...above.slice(-1));
}
