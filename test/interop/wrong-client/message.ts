// Messages as the wrong client writes and reads them: its own code, so that nothing of ours can hide behind itself.

export interface Message {
  /** Request line or status line. */
  readonly start: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export function write({ start, headers, body }: Message): string {
  const rows = headers.filter(([name]) => name !== 'Content-Length').map(([name, value]) => `${name}: ${value}\r\n`);
  return `${start}\r\n${rows.join('')}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

export function read(text: string): Message {
  const end = text.indexOf('\r\n\r\n');
  const [start = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return { start, headers, body: text.slice(end + 4) };
}

export function statusOf({ start }: Message): number {
  return Number(start.split(' ')[1]);
}

export function header({ headers }: Message, name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** The message with this header field in place of those of its name; `undefined` takes them out. */
export function withHeader(message: Message, name: string, value: string | undefined): Message {
  const at = message.headers.findIndex(([key]) => key.toLowerCase() === name.toLowerCase());
  const others = message.headers.filter(([key]) => key.toLowerCase() !== name.toLowerCase());
  if (value === undefined) return { ...message, headers: others };
  const place = at < 0 ? others.length : at;
  return { ...message, headers: [...others.slice(0, place), [name, value], ...others.slice(place)] };
}

export function withUri(message: Message, uri: string): Message {
  return { ...message, start: message.start.replace(/^(\S+) \S+/, `$1 ${uri}`) };
}

export function methodOf({ start }: Message): string {
  return start.split(' ')[0] ?? '';
}

export function uriOf({ start }: Message): string {
  return start.split(' ')[1] ?? '';
}

export function cseqOf(message: Message): number {
  return Number.parseInt(header(message, 'CSeq') ?? '0', 10);
}
