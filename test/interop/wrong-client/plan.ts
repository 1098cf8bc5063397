// The command line of `sip-retry send`, read for the wrong client, so that both are started with the same words.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Message } from './message.js';

export interface Body {
  readonly type: string;
  readonly content: string;
}

export interface Server {
  readonly transport: 'udp' | 'tcp';
  readonly host: string;
  readonly port: number;
}

export interface Plan {
  readonly method: string;
  readonly uri: string;
  readonly from: string;
  readonly servers: readonly Server[];
  readonly password: string;
  readonly expires: string | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly supported: readonly string[];
  readonly body: Body | undefined;
  readonly alternatives: readonly Body[];
  readonly digits: readonly string[];
}

export function readPlan(args: readonly string[]): Plan {
  const text = { type: 'string' } as const;
  const list = { type: 'string', multiple: true } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      server: list,
      from: text,
      user: text,
      password: text,
      expires: text,
      header: list,
      supported: text,
      body: text,
      'content-type': text,
      'alternative-body': list,
      'more-digits': list,
      limits: text,
      'hang-up-after': text,
      timeout: text,
    },
  });
  const [method = '', uri = ''] = positionals;
  const bodyOf = (file: string): Body => ({
    type: file.endsWith('.txt') ? 'text/plain' : (values['content-type'] ?? 'application/sdp'),
    content: readFileSync(file, 'utf8'),
  });
  return {
    method,
    uri,
    from: values.from ?? 'sip:anonymous@anonymous.invalid',
    servers: (values.server ?? [uri]).map(readServer),
    password: values.password ?? '',
    expires: values.expires,
    headers: (values.header ?? []).map((row) => {
      const colon = row.indexOf(':');
      return [row.slice(0, colon), row.slice(colon + 1).trim()];
    }),
    supported: values.supported?.split(',') ?? [],
    body:
      values.body === undefined
        ? undefined
        : { type: values['content-type'] ?? 'application/sdp', content: readFileSync(values.body, 'utf8') },
    alternatives: (values['alternative-body'] ?? []).map(bodyOf),
    digits: values['more-digits'] ?? [],
  };
}

function readServer(written: string): Server {
  const [, transport, host = '', port = '5060'] = /^(udp|tcp|sip):(?:[^@]*@)?([^:;]+):?(\d+)?/.exec(written) ?? [];
  return { transport: transport === 'tcp' ? 'tcp' : 'udp', host, port: Number(port) };
}

export function firstMessage(plan: Plan, contact: string): Message {
  const { method, uri, from, headers, body } = plan;
  const lists = headers.some(([name]) => name === 'Supported') ? [] : plan.supported;
  return {
    start: `${method} ${uri} SIP/2.0`,
    headers: [
      ['Via', `SIP/2.0/UDP ${contact};branch=${newBranch()}`],
      ['Max-Forwards', '70'],
      ['From', `<${from}>;tag=${token()}`],
      ['To', `<${method === 'REGISTER' ? from : uri}>`],
      ...(headers.some(([name]) => name === 'Call-ID') ? [] : [['Call-ID', token()] as const]),
      ['CSeq', `1 ${method}`],
      ['Contact', `<sip:alice@${contact}>`],
      ...(lists.length === 0 ? [] : [['Supported', lists.join(', ')] as const]),
      ...(plan.expires === undefined ? [] : [['Expires', plan.expires] as const]),
      ...headers,
      ...(body === undefined ? [] : [['Content-Type', body.type] as const]),
    ],
    body: body?.content ?? '',
  };
}

export function newBranch(): string {
  return `z9hG4bK${token()}`;
}

export function token(): string {
  return randomBytes(8).toString('hex');
}
