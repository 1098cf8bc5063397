// Flows to draw: short and long, two parties and four, well-behaved peers and hostile ones.
import type { Header } from '../../../src/sip/message.js';
import type { Transcript } from '../../../src/simulator/transcript.js';
import { challenge, credentials, party, requestOf, responseTo, Transcribing, uac } from './transcribing.js';

const hasCredentials = { client: { credentials: [{}] } } as const;
const sdp = [
  'v=0',
  'o=alice 53655765 2353687637 IN IP4 198.51.100.7',
  's=-',
  'c=IN IP4 198.51.100.7',
  't=0 0',
  'm=audio 3456 RTP/AVP 0 8',
  'a=sendrecv',
  '',
].join('\r\n');
const withOffer: readonly Header[] = [['Content-Type', 'application/sdp']];

/** REGISTER: the first copy is lost, then 401, 423 and 200. */
export function registration(): Transcript {
  const flow = new Transcribing('A registrar challenges, then finds the interval too brief', [
    uac,
    party('registrar', '192.0.2.10'),
  ]);
  const uri = 'sip:atlanta.example';
  const first = requestOf('REGISTER', uri, 1, [['Expires', '60']]);
  const second = requestOf('REGISTER', uri, 2, [
    ['Expires', '60'],
    ['Authorization', credentials('atlanta.example', uri)],
  ]);
  const third = requestOf('REGISTER', uri, 3, [
    ['Expires', '600'],
    ['Authorization', credentials('atlanta.example', uri).replace('nc=00000001', 'nc=00000002')],
  ]);
  flow.pass(0, 'uac', 'registrar', first, 'register', { lost: 'network' });
  flow.add({ type: 'timer', at: 500, party: 'uac', request: 'register', timer: 'E', does: 'fires' });
  flow.pass(500, 'uac', 'registrar', first, 'register', { retransmission: true });
  const unauthorized = responseTo(first, 401, 'Unauthorized', [['WWW-Authenticate', challenge('atlanta.example')]]);
  flow.pass(520, 'registrar', 'uac', unauthorized, 'register');
  flow.decide(540, 'register', 1, first, unauthorized, hasCredentials);
  flow.pass(540, 'uac', 'registrar', second, 'register');
  const brief = responseTo(second, 423, 'Interval Too Brief', [['Min-Expires', '600']]);
  flow.pass(560, 'registrar', 'uac', brief, 'register');
  flow.decide(580, 'register', 2, second, brief);
  flow.pass(580, 'uac', 'registrar', third, 'register');
  const ok = responseTo(third, 200, 'OK', [['Contact', '<sip:alice@198.51.100.7>;expires=600']]);
  flow.pass(600, 'registrar', 'uac', ok, 'register');
  flow.decide(620, 'register', 3, third, ok);
  return flow.done();
}

/** A call through two proxies that each want credentials, over TCP, and its end. */
export function callThroughProxies(): Transcript {
  const parties = [
    uac,
    party('proxy1', '192.0.2.21', 'proxy'),
    party('proxy2', '192.0.2.22', 'proxy'),
    party('bob', '203.0.113.9'),
  ];
  const flow = new Transcribing('A call through two proxies that ask for credentials', parties, 'TCP');
  const uri = 'sip:bob@biloxi.example';
  const path = ['uac', 'proxy1', 'proxy2', 'bob'] as const;
  const proof = (realm: string): Header => ['Proxy-Authorization', credentials(realm, uri)];
  const invites = [
    requestOf('INVITE', uri, 1, withOffer, sdp),
    requestOf('INVITE', uri, 2, [...withOffer, proof('atlanta.example')], sdp),
    requestOf('INVITE', uri, 3, [...withOffer, proof('atlanta.example'), proof('biloxi.example')], sdp),
  ] as const;
  let at = 0;
  const forth = (message: Parameters<typeof flow.pass>[3], hops: number, from = 0): void => {
    for (let hop = from; hop < hops; hop += 1) {
      flow.pass(at, path[hop] ?? '', path[hop + 1] ?? '', message, 'call');
      at += 20;
    }
  };
  const back = (message: Parameters<typeof flow.pass>[3], hops: number): void => {
    for (let hop = hops; hop > 0; hop -= 1) {
      flow.pass(at, path[hop] ?? '', path[hop - 1] ?? '', message, 'call');
      at += 20;
    }
  };
  const first = responseTo(invites[0], 407, 'Proxy Authentication Required', [
    ['Proxy-Authenticate', challenge('atlanta.example')],
  ]);
  forth(invites[0], 1);
  back(first, 1);
  flow.pass(at, 'uac', 'proxy1', requestOf('ACK', uri, 1), 'call');
  flow.decide(at, 'call', 1, invites[0], first, hasCredentials);
  const second = responseTo(invites[1], 407, 'Proxy Authentication Required', [
    ['Proxy-Authenticate', challenge('biloxi.example')],
  ]);
  forth(invites[1], 1);
  back(responseTo(invites[1], 100, 'Trying'), 1);
  at -= 20;
  forth(invites[1], 2, 1);
  back(second, 2);
  flow.pass(at, 'uac', 'proxy1', requestOf('ACK', uri, 2), 'call');
  flow.decide(at, 'call', 2, invites[1], second, hasCredentials);
  forth(invites[2], 3);
  back(responseTo(invites[2], 180, 'Ringing'), 3);
  at += 4_000;
  const ok = responseTo(invites[2], 200, 'OK', withOffer, sdp.replace('alice', 'bob'));
  back(ok, 3);
  flow.decide(at, 'call', 3, invites[2], ok);
  forth(requestOf('ACK', uri, 3), 3);
  at += 12_000;
  const bye = requestOf('BYE', uri, 4);
  forth(bye, 3);
  back(responseTo(bye, 200, 'OK'), 3);
  return flow.done();
}

/** 503 with Retry-After; the other server is tried; it is down; then the first one is asked again. */
export function serviceUnavailable(): Transcript {
  const flow = new Transcribing('One server is overloaded, the other one is down', [
    uac,
    party('east', '192.0.2.31'),
    party('west', '192.0.2.32'),
  ]);
  const uri = 'sip:alice@atlanta.example';
  const subscribe = requestOf('SUBSCRIBE', uri, 1, [
    ['Event', 'message-summary'],
    ['Expires', '3600'],
  ]);
  const unavailable = responseTo(subscribe, 503, 'Service Unavailable', [['Retry-After', '30']]);
  const servers = { client: { servers: ['192.0.2.31:5060', '192.0.2.32:5060'] } };
  flow.add({ type: 'party', at: 0, party: 'west', does: 'goes down' });
  flow.pass(0, 'uac', 'east', subscribe, 'subscribe');
  flow.pass(20, 'east', 'uac', unavailable, 'subscribe');
  flow.decide(40, 'subscribe', 1, subscribe, unavailable, servers);
  flow.pass(40, 'uac', 'west', subscribe, 'subscribe', { lost: 'down' });
  for (const at of [540, 1_540, 3_540, 7_540, 11_540, 15_540, 19_540, 23_540, 27_540, 31_540]) {
    flow.pass(at, 'uac', 'west', subscribe, 'subscribe', { lost: 'down', retransmission: true });
  }
  flow.add({ type: 'timer', at: 32_040, party: 'uac', request: 'subscribe', timer: 'F', does: 'fires' });
  flow.decide(32_040, 'subscribe', 2, subscribe, 'timeout');
  flow.pass(35_040, 'uac', 'east', subscribe, 'subscribe');
  const ok = responseTo(subscribe, 200, 'OK', [['Expires', '3600']]);
  flow.pass(35_060, 'east', 'uac', ok, 'subscribe');
  flow.decide(35_080, 'subscribe', 3, subscribe, ok);
  return flow.done();
}

/** Overlap dialling (RFC 3578): eight digits, one 484 after the other. */
export function overlapDialling(): Transcript {
  const flow = new Transcribing('A gateway asks for more digits until the number is complete', [
    uac,
    party('gateway', '192.0.2.40'),
  ]);
  let at = 0;
  const digits = '21255512';
  for (let count = 1; count <= digits.length; count += 1) {
    const uri = `sip:+1${digits.slice(0, count)}@gateway.example;user=phone`;
    const invite = requestOf('INVITE', uri, count, withOffer, sdp);
    flow.pass(at, 'uac', 'gateway', invite, 'call');
    const isDone = count === digits.length;
    const response = isDone
      ? responseTo(invite, 200, 'OK', withOffer, sdp)
      : responseTo(invite, 484, 'Address Incomplete');
    at += 20;
    if (isDone) {
      flow.pass(at, 'gateway', 'uac', responseTo(invite, 180, 'Ringing'), 'call');
      at += 3_000;
    }
    flow.pass(at, 'gateway', 'uac', response, 'call');
    at += 20;
    flow.decide(at, 'call', count, invite, response, { client: { digitsLeft: 9 } });
    flow.pass(at, 'uac', 'gateway', requestOf('ACK', uri, count), 'call');
    if (isDone) break;
    flow.add({ type: 'ask', at, request: 'call', for: 'digits', until: at + 60_000 });
    at += 700;
    flow.add({ type: 'answer', at, request: 'call', answer: `the digit ${digits[count] ?? ''}` });
  }
  return flow.done();
}

/** A peer that sends whatever may break a page, a picture, a terminal or a diagram. */
export function hostilePeer(): Transcript {
  const parties = [
    uac,
    party('</script><b>"x"', '2001:db8::66'),
    party('; end # `${x}` 🙂', '2001:db8::67', 'proxy', 5070),
  ];
  const flow = new Transcribing('<script>alert(1)</script> & "name" ; end #35; %% --> ]]>', parties);
  const [, evil = uac, odd = uac] = parties;
  const uri = `sip:${'u'.repeat(120)}@host.example;x=<svg/onload=alert(1)>`;
  const options = requestOf('OPTIONS', uri, 1, [
    ['Subject', 'x'.repeat(300)],
    ['X-<b>', '"><img src=x onerror=alert(1)>'],
  ]);
  const phrases = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '\u001b[31mred\u001b[0m \u0007 bell',
    'emoji 🙂👩‍👩‍👧‍👦🇪🇺 通話中です',
    'rtl مرحبا بالعالم \u202egnp.exe שלום',
    'end; alt x #lt; #35; note over p0: pwned %%{init: {}}%% $$x$$',
    'nowrap: loop ]]> &lt; &#60; <!-- -->',
    'r'.repeat(300),
  ];
  let at = 0;
  for (const [index, phrase] of phrases.entries()) {
    const to = index % 2 === 0 ? evil : odd;
    flow.pass(at, 'uac', to.id, options, `r<${index % 2}>`);
    const response = responseTo(
      options,
      200 + index,
      phrase,
      [
        ['Warning', `399 ${'w'.repeat(200)} "<script>alert(2)</script> ${'long '.repeat(40)}"`],
        ['Retry-After', '10 (<script>)'],
      ],
      '<script>alert(3)</script>\r\n\u0000\udc80',
    );
    flow.pass(at + 20, to.id, 'uac', response, `r<${index % 2}>`, index === 3 ? { arrivals: [at + 40, at + 45] } : {});
    at += 60;
  }
  const refused = responseTo(options, 503, phrases[0] ?? '', [['Retry-After', '9']]);
  flow.pass(at, 'uac', evil.id, options, 'r<0>', { lost: 'refused' });
  flow.pass(at + 5, evil.id, 'uac', refused, 'r<0>');
  flow.decide(at + 25, 'r<0>', 1, { ...options, method: 'REGISTER' }, refused);
  flow.add({ type: 'answer', at: at + 9_000, request: 'r<0>', answer: '<script>alert(4)</script>; end' });
  return flow.done();
}

/** The 200 crosses a retransmission, its copy comes later, and a message overtakes another. */
export function crossings(): Transcript {
  const flow = new Transcribing('Messages cross, double and overtake each other', [uac, party('server', '192.0.2.50')]);
  const invite = requestOf('INVITE', 'sip:bob@biloxi.example', 1, withOffer, sdp);
  flow.pass(0, 'uac', 'server', invite, 'call', { arrivals: [400] });
  flow.pass(410, 'server', 'uac', responseTo(invite, 100, 'Trying'), 'call', { arrivals: [560] });
  flow.pass(500, 'uac', 'server', invite, 'call', { retransmission: true, arrivals: [520] });
  flow.pass(525, 'server', 'uac', responseTo(invite, 180, 'Ringing'), 'call', { arrivals: [545, 580] });
  flow.add({
    type: 'outcome',
    at: 4_000,
    request: 'call',
    outcome: 'cancelled',
    status: null,
    reason: 'cancelled',
    detail: null,
    cite: [],
    attempts: 1,
  });
  return flow.done();
}

export const transcripts = {
  registration,
  callThroughProxies,
  serviceUnavailable,
  overlapDialling,
  hostilePeer,
  crossings,
} as const;
