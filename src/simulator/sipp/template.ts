// A message of a SIPp scenario with its keywords: `[last_Via:]`, `[call_id]`, `[$1]`.

/** Text as it stands, and what is filled in when it is sent. */
export type Template = readonly (string | Keyword)[];

export type Keyword =
  | { readonly key: PlainKeyword; readonly offset: number }
  | { readonly key: 'last'; readonly header: string }
  | { readonly key: 'variable'; readonly name: string };

const PLAIN = [
  'service',
  'remote_ip',
  'remote_port',
  'transport',
  'local_ip',
  'local_ip_type',
  'local_port',
  'server_ip',
  'media_ip',
  'media_ip_type',
  'media_port',
  'auto_media_port',
  'len',
  'call_number',
  'cseq',
  'pid',
  'call_id',
  'branch',
  'msg_index',
  'clock_tick',
  'timestamp',
  'routes',
  'next_url',
  'peer_tag_param',
  'last_message',
  'last_cseq_number',
  'sipp_version',
] as const;

export type PlainKeyword = (typeof PLAIN)[number];

/** The keywords that mean nothing here; SIPp would refuse them, or they are for what a simulation has not. */
export interface ReadTemplate {
  readonly template: Template;
  readonly unknown: readonly string[];
}

/** Reads one. What is no keyword stays as it is. */
export function readTemplate(text: string): ReadTemplate {
  const template: (string | Keyword)[] = [];
  const unknown: string[] = [];
  let rest = 0;
  for (const match of text.matchAll(/\\\[|\[([A-Za-z$][^\][\n]*(?:\[[^\][\n]*\][^\][\n]*)*)\]/g)) {
    template.push(text.slice(rest, match.index));
    rest = match.index + match[0].length;
    const [whole, inner] = match;
    const keyword = inner === undefined ? undefined : keywordOf(inner);
    if (inner !== undefined && keyword === undefined) unknown.push(whole);
    template.push(keyword ?? whole.replace(/^\\/, ''));
  }
  template.push(text.slice(rest));
  return { template: template.filter((part) => part !== ''), unknown };
}

function keywordOf(inner: string): Keyword | undefined {
  if (inner.startsWith('$')) return { key: 'variable', name: inner.slice(1) };
  const [, name = '', sign = '', digits = ''] = /^([A-Za-z_]+?)(?:([+-])(\d{1,9}))?$/.exec(inner) ?? [];
  const key = PLAIN.find((plain) => plain === name.toLowerCase());
  if (key !== undefined) return { key, offset: digits === '' ? 0 : Number(`${sign}${digits}`) };
  const [, header] = /^last_([A-Za-z0-9.!%*_+`'~-]+):?$/i.exec(inner) ?? [];
  return header === undefined ? undefined : { key: 'last', header };
}

/** What fills the keywords in. */
export type FillIn = (keyword: Keyword) => string;

/**
 * The text with everything filled in. Where a keyword leaves the beginning of a line empty, what follows moves up, as in
 * SIPp: an empty line would end the header fields.
 */
export function filled(template: Template, fillIn: FillIn): string {
  let text = '';
  let isMovedUp = false;
  for (const part of template) {
    if (typeof part === 'string') {
      text += isMovedUp ? part.trimStart() : part;
      isMovedUp = isMovedUp && part.trim() === '';
      continue;
    }
    const value = fillIn(part);
    text += value;
    isMovedUp = value === '' && (text === '' || text.endsWith('\n'));
  }
  return text;
}

/**
 * A message as it is written in a scenario: the lines without their indentation, and nothing before the first or after
 * the last.
 */
export function plainLines(cdata: string): string {
  return cdata
    .split(/\r?\n/)
    .map((line) => line.replace(/^[ \t]+/, ''))
    .map((line) => (line.trim() === '' ? '' : line))
    .join('\n')
    .replace(/^\n+/, '')
    .trimEnd();
}
