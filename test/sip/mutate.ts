// A mutator of messages for the fuzz test: what broken software, bad networks and hostile peers do to octets.

type Random = () => number;
type Mutation = (octets: string, random: Random) => string;

/** One to five mutations of a message. Octets are a string of characters up to U+00FF. */
export function mutate(octets: string, others: readonly string[], random: Random): string {
  let mutated = octets;
  for (let times = 1 + below(random, 5); times > 0; times--) {
    mutated =
      random() < 0.03 ? splice(mutated, pick(others, random), random) : pick(MUTATIONS, random)(mutated, random);
  }
  return mutated.length > 6_000 ? mutated.slice(0, 6_000) : mutated;
}

export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

export function pick<T>(list: readonly [T, ...T[]] | readonly T[], random: Random): T {
  const picked = list[below(random, list.length)];
  if (picked === undefined) throw new Error('picked from an empty list');
  return picked;
}

const MUTATIONS: readonly Mutation[] = [
  // One octet: flipped, another one, gone, twice.
  (text, random) => at(text, random, (octet) => String.fromCharCode(octet.charCodeAt(0) ^ (1 << below(random, 8)))),
  (text, random) => at(text, random, () => String.fromCharCode(below(random, 256))),
  (text, random) => at(text, random, () => ''),
  (text, random) => at(text, random, (octet) => octet + octet),
  // What has a meaning in SIP, where it does not belong.
  (text, random) => at(text, random, (octet) => pick(SPECIAL, random) + octet),
  (text, random) => at(text, random, (octet) => octet + pick(SPECIAL, random).repeat(1 + below(random, 30))),
  (text, random) => afterSome(text, /[:,;="]/g, random, (mark) => mark + pick(VALUES, random)),
  // Separators gone or doubled.
  (text, random) => afterSome(text, /:/g, random, () => ''),
  (text, random) => afterSome(text, /"/g, random, () => ''),
  (text, random) => afterSome(text, /[<>(),;=@\\]/g, random, () => ''),
  (text, random) => afterSome(text, /[,;=:]/g, random, (mark) => ` ${mark}\t`),
  (text, random) => afterSome(text, /[,;:]/g, random, (mark) => mark + mark),
  // Numbers.
  (text, random) => afterSome(text, /\d+/g, random, () => pick(NUMBERS, random)),
  // Line ends: LF, CR, reversed, none, twice; folding.
  (text, random) => afterSome(text, /\r?\n/g, random, () => pick(LINE_ENDS, random)),
  (text) => text.replaceAll('\r\n', '\n'),
  (text, random) => text.replace(/\r\n/g, (end) => (random() < 0.3 ? pick(LINE_ENDS, random) : end)),
  (text, random) => afterSome(text, / /g, random, () => pick(FOLDS, random)),
  // Lines: twice, gone, in another place.
  (text, random) => inLines(text, (lines) => lines.splice(below(random, lines.length), 0, pick(lines, random))),
  (text, random) => inLines(text, (lines) => lines.splice(below(random, lines.length), 1)),
  (text) => inLines(text, (lines) => lines.reverse()),
  (text, random) => inLines(text, (lines) => lines.splice(below(random, lines.length), 0, ` ${pick(lines, random)}`)),
  // Pieces: the end cut off, a range gone, a range many times.
  (text, random) => text.slice(0, below(random, text.length + 1)),
  (text, random) => {
    const from = below(random, text.length);
    return text.slice(0, from) + text.slice(from + below(random, 40));
  },
  (text, random) => {
    const from = below(random, text.length);
    const piece = text.slice(from, from + 1 + below(random, 20));
    return text.slice(0, from) + piece.repeat(1 + below(random, 50)) + text.slice(from);
  },
  // Case.
  (text, random) =>
    afterSome(text, /[A-Za-z-]+/g, random, (word) => (random() < 0.5 ? word.toUpperCase() : word.toLowerCase())),
];

const SPECIAL = [
  '"',
  '\\',
  '<',
  '>',
  '(',
  ')',
  ',',
  ';',
  ':',
  '=',
  '@',
  '%',
  '*',
  '\0',
  '\r',
  '\n',
  ' ',
  '\t',
  '\xff',
  '\xc3',
  '\xed\xa0\x80',
  '\xef\xbb\xbf',
  '\xf0\x9f\x98\x80',
  '\xc2\xa0',
  '\xef\xbf\xbd',
];
const VALUES = [
  '',
  '0',
  '-1',
  '*',
  '""',
  '"',
  'true',
  'Digest ',
  'expires=0',
  'tag=',
  'branch',
  '%',
  '%4',
  '%41',
  '<>',
  '()',
  '\\"',
  'SIP/2.0',
];
const NUMBERS = [
  '0',
  '-1',
  '00',
  '4294967295',
  '4294967296',
  '99999999999999999999999999',
  '1e9',
  '0x10',
  '1.5',
  '',
  '700',
  '12',
];
const LINE_ENDS = ['\n', '\r', '\n\r', '', '\r\n\r\n', '\r\r\n', '\r\n ', '\n\t'];
const FOLDS = ['\r\n ', '\r\n\t', '\n ', ' \r\n \r\n ', '  ', '\t'];

function at(text: string, random: Random, change: (octet: string) => string): string {
  const place = below(random, text.length);
  return text.slice(0, place) + change(text.charAt(place)) + text.slice(place + 1);
}

/** Changes one match of many, each as likely as any other. */
function afterSome(text: string, pattern: RegExp, random: Random, change: (match: string) => string): string {
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return text;
  const { index, 0: match } = pick(matches, random);
  return text.slice(0, index) + change(match) + text.slice(index + match.length);
}

function inLines(text: string, change: (lines: string[]) => unknown): string {
  const lines = text.split('\r\n');
  change(lines);
  return lines.join('\r\n');
}

function splice(text: string, other: string, random: Random): string {
  return text.slice(0, below(random, text.length + 1)) + other.slice(below(random, other.length + 1));
}
