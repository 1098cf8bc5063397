// 430, 439: flows and outbound registration.
import { type Cases, giveUp, otherServer, twoServers } from './case.js';
import { got, sent } from './message-text.js';

const flow = 'Contact: <sip:a@h;ob>, <sip:b@h>;reg-id=1;+sip.instance="<urn:uuid:0>"';
const lacking = got('439 First Hop Lacks Outbound Support');

export const outbound: Cases = {
  430: [
    {
      says: 'is a 400: no endpoint should ever receive it (RFC 5626 §11.5)',
      sent: sent('INVITE'),
      got: got('430 Flow Failed'),
      client: twoServers,
      rule: '430#2',
      then: giveUp('refused'),
    },
  ],
  439: [
    {
      says: 'registers without outbound (RFC 5626 §4.2.1)',
      sent: sent('REGISTER', flow),
      got: lacking,
      client: twoServers,
      rule: '439#1',
      then: { type: 'dropExtensions', tags: ['outbound'] },
    },
    {
      says: 'looks for another first hop where outbound was not asked for (RFC 5626 §4.2.1)',
      sent: sent('REGISTER'),
      got: lacking,
      client: twoServers,
      rule: '439#2',
      then: otherServer('retry'),
    },
    {
      says: 'is a 400 where outbound was not asked for (RFC 5626 §11.6)',
      sent: sent('REGISTER'),
      got: lacking,
      rule: '439#4',
      then: giveUp('refused'),
    },
    {
      says: 'looks for no other first hop while somebody may be ringing (§21.4)',
      sent: sent('INVITE'),
      got: lacking,
      client: twoServers,
      history: { provisional: 'alerting' },
      rule: '439#4',
      then: giveUp('refused'),
    },
  ],
};
