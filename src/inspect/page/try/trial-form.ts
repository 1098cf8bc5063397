// What a person fills in to try the policy, and the messages that follow from it.
import type { LocalOutcome } from '../../../policy/facts-of.js';
import { phraseOf, statusCodes } from '../../../sip/status-code.js';
import type { TrialInput } from './trial.js';

export interface TrialForm {
  readonly isRaw: boolean;
  readonly method: string;
  readonly uri: string;
  /** Header fields, one a line; they take the place of those that are written by themselves. */
  readonly requestHeaders: string;
  readonly outcome: 'response' | LocalOutcome;
  readonly status: string;
  readonly responseHeaders: string;
  readonly rawRequest: string;
  readonly rawResponse: string;
  readonly seed: number;
}

export const METHODS = [
  'INVITE',
  'REGISTER',
  'SUBSCRIBE',
  'NOTIFY',
  'PUBLISH',
  'MESSAGE',
  'OPTIONS',
  'INFO',
  'UPDATE',
  'REFER',
  'PRACK',
  'BYE',
] as const;

export const CODES: readonly (readonly [number, string])[] = [...statusCodes.keys()]
  .filter((status) => status >= 200)
  .map((status) => [status, phraseOf(status)]);

export const FIRST_FORM: TrialForm = withRaw({
  isRaw: false,
  method: 'REGISTER',
  uri: 'sip:example.com',
  requestHeaders: 'Expires: 60',
  outcome: 'response',
  status: '423',
  responseHeaders: 'Min-Expires: 600',
  rawRequest: '',
  rawResponse: '',
  seed: 1,
});

/** The same with other values; the messages of the form become the raw ones as long as those are not written by hand. */
export function changed(form: TrialForm, change: Partial<TrialForm>): TrialForm {
  const next = { ...form, ...change };
  return next.isRaw ? next : withRaw(next);
}

export function inputOf({ rawRequest, rawResponse, outcome }: TrialForm): TrialInput {
  return { request: rawRequest, answer: outcome === 'response' ? { text: rawResponse } : { outcome } };
}

/** Header fields that such a response usually has. */
export function usualHeaders(status: string): string {
  return USUAL[status] ?? '';
}

const CHALLENGE = 'Digest realm="example.com", nonce="84f1c1ae6cbe5ua9c8e88dfa3ecm3459", algorithm=SHA-256, qop="auth"';

const USUAL: Readonly<Record<string, string>> = {
  '300': 'Contact: <sip:bob@phone.example.com>, <sip:bob@desk.example.com>',
  '301': 'Contact: <sip:bob@new.example.com>',
  '302': 'Contact: <sip:bob@new.example.com>',
  '401': `WWW-Authenticate: ${CHALLENGE}`,
  '407': `Proxy-Authenticate: ${CHALLENGE}`,
  '413': 'Retry-After: 30',
  '415': 'Accept: application/sdp',
  '420': 'Unsupported: 100rel',
  '421': 'Require: timer',
  '422': 'Min-SE: 1800',
  '423': 'Min-Expires: 600',
  '480': 'Retry-After: 60',
  '486': 'Retry-After: 20',
  '488': 'Warning: 305 example.com "Incompatible media format"',
  '500': 'Retry-After: 5',
  '503': 'Retry-After: 30',
  '600': 'Retry-After: 60',
};

function withRaw(form: TrialForm): TrialForm {
  const { method, uri, requestHeaders, status, responseHeaders } = form;
  const code = Number(status);
  const others = [
    'Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bKtrial',
    'From: <sip:alice@example.com>;tag=alice',
    `To: <${method === 'REGISTER' ? 'sip:alice@example.com' : uri}>`,
    'Call-ID: trial@198.51.100.7',
    `CSeq: 1 ${method}`,
  ];
  return {
    ...form,
    rawRequest: written(
      `${method} ${uri} SIP/2.0`,
      [...others, 'Max-Forwards: 70', 'Contact: <sip:alice@198.51.100.7>'],
      requestHeaders,
    ),
    rawResponse: written(
      `SIP/2.0 ${status} ${phraseOf(code)}`.trimEnd(),
      others.map((line) => (line.startsWith('To:') ? `${line};tag=server` : line)),
      responseHeaders,
    ),
  };
}

function written(start: string, usual: readonly string[], own: string): string {
  const lines = own.split('\n').filter((line) => line.trim() !== '');
  const names = lines.map(nameOf);
  return [start, ...usual.filter((line) => !names.includes(nameOf(line))), ...lines, 'Content-Length: 0'].join('\n');
}

function nameOf(line: string): string {
  return (line.split(':')[0] ?? '').trim().toLowerCase();
}
