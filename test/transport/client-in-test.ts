// A user agent client over transports in memory, and a call of it.
import type { Header, SipRequest } from '../../src/sip/message.js';
import { allHeaders } from '../../src/sip/header-list.js';
import { createUserAgentClient, type UserAgentClientOptions } from '../../src/transport/user-agent-client.js';
import { createUacCore, type UacCoreOptions } from '../../src/uac/uac-core.js';
import { invite } from '../machines/requests.js';
import { answering, environmentInTest, FakeTransports, settled } from './fake-transports.js';

export const servers = ['sip:192.0.2.1:5060;transport=udp', 'sip:192.0.2.2:5060;transport=udp'];

/** @param options default: the two servers above, whatever DNS says. */
export function clientInTest(options: UserAgentClientOptions = { servers }, shared: UacCoreOptions = {}) {
  const transports = new FakeTransports();
  const environment = environmentInTest();
  const core = createUacCore({ environment, ...shared });
  const client = createUserAgentClient({ core, transports, ...options });
  return { client, transports, clock: environment.clock, core };
}

/** A call that was accepted with these headers. */
export async function callInTest(
  headers: readonly Header[] = [],
  options: UserAgentClientOptions = { servers },
  more: readonly Header[] = [],
) {
  const { client, transports, clock, core } = clientInTest(options);
  const request = await client.request({ ...invite, headers: [...invite.headers, ...more] });
  const outcome = request.start();
  await settled();
  const contact: readonly Header[] = headers.some(([name]) => name === 'Contact')
    ? []
    : [['Contact', '<sip:bob@192.0.2.1>']];
  const accepted = answering(transports.last('INVITE'), 200, [...contact, ...headers]);
  transports.bring(accepted);
  await settled();
  const call = client.callOf(request);
  if (call === undefined) throw new Error('no call began');
  return { client, transports, clock, core, request, outcome, accepted, call };
}

/** A request of the peer inside the call. */
export function fromPeer(transports: FakeTransports, method: string, more: readonly Header[] = []): SipRequest {
  const { headers } = transports.last('ACK');
  const [to = ''] = allHeaders(headers, 'To');
  const [from = ''] = allHeaders(headers, 'From');
  return {
    method,
    uri: 'sip:alice@198.51.100.7',
    headers: [
      ['Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKpeer'],
      ['From', to],
      ['To', from],
      ['Call-ID', allHeaders(headers, 'Call-ID')[0] ?? ''],
      ['CSeq', `1 ${method}`],
      ...more,
    ],
    body: '',
  };
}
