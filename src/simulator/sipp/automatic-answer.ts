// The answer that SIPp gives by itself to a BYE or a CANCEL that its scenario does not expect.
import type { Template } from './template.js';

export const automaticAnswer: Template = [
  'SIP/2.0 200 OK\n',
  ...['Via', 'From', 'To', 'Call-ID', 'CSeq'].flatMap((header) => [{ key: 'last', header } as const, '\n']),
  'Content-Length: 0\n',
];
