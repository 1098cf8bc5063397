// Requests as a UAC would send them, of every urgency.
import type { SipRequest } from '../../src/sip/message.js';

interface Wanted {
  readonly method?: string;
  readonly uri?: string;
  readonly to?: string;
  readonly priority?: string;
}

export function requestWith({
  method = 'INVITE',
  uri = 'sip:bob@example.com',
  to = '<sip:bob@example.com>',
  priority,
}: Wanted = {}): SipRequest {
  return {
    method,
    uri,
    headers: [
      ['Via', 'SIP/2.0/UDP client.example.com;branch=z9hG4bK1;oc;oc-algo="loss,rate"'],
      ['From', '<sip:alice@example.com>;tag=1'],
      ['To', to],
      ['Call-ID', '1@client.example.com'],
      ['CSeq', `1 ${method}`],
      ...(priority === undefined ? [] : [['Resource-Priority', priority] as const]),
    ],
    body: '',
  };
}

export const ordinary = requestWith();
export const inDialog = requestWith({ method: 'UPDATE', to: '<sip:bob@example.com>;tag=7' });
export const bye = requestWith({ method: 'BYE', to: '<sip:bob@example.com>;tag=7' });
export const emergency = requestWith({ uri: 'urn:service:sos' });
