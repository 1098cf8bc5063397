// The server set of a request: that of its first hop, until a redirection leads to another one.
import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/sip/message.js';
import { invite } from '../machines/requests.js';
import { coreInTest, credentials, running, type Told } from './running.js';

const before = ['sip:192.0.2.1:5060', 'sip:192.0.2.2:5060'];
const after = ['sip:198.51.100.1:5060', 'sip:198.51.100.2:5060'];
const moved: Header = ['Contact', '<sip:bob@chicago.example>'];

const serversOf = (told: readonly Told[]) => told.flatMap((event) => (event.type === 'send' ? [event.server] : []));

describe('a server set', () => {
  it('is forgotten when a redirection leads to another first hop (RFC 3261 §8.1.2)', () => {
    const { core } = coreInTest();
    const { told, respond, types } = running(core, invite, { client: { servers: before } });
    respond(302, [moved]);
    expect(serversOf(told)).toEqual([before[0], undefined]);
    // Nobody has said where the other hop's servers are: none of the first hop's is tried in their place.
    respond(503);
    expect([serversOf(told), types().at(-1)]).toEqual([[before[0], undefined], 'done']);
  });

  it('becomes that of the new hop, and fail-over stays in it (RFC 3263 §4.3)', () => {
    const { core } = coreInTest();
    const { told, respond, uac } = running(core, invite, { client: { servers: before } });
    respond(302, [moved]);
    uac.useServers(after);
    respond(503, [['Retry-After', '60']]);
    expect(serversOf(told)).toEqual([before[0], undefined, after[1]]);
    expect([before[0], after[0]].map((server = '') => core.health.isAvailable(server))).toEqual([true, false]);
  });

  it('is gone on with by what a challenge asks for: the server that asked (RFC 3261 §22.2)', () => {
    const { core } = coreInTest({ credentials });
    const { told, respond, uac } = running(core, invite, { client: { servers: before } });
    respond(302, [moved]);
    uac.useServers(after);
    respond(401, [['WWW-Authenticate', 'Digest realm="chicago.example", nonce="n1"']]);
    expect(serversOf(told).at(-1)).toBe(after[0]);
  });

  it('is noted for the attempt in flight where nobody knew it before', () => {
    const { core } = coreInTest();
    const { told, uac } = running(core, invite);
    uac.useServers(after);
    uac.transportError();
    expect(serversOf(told)).toEqual([undefined, after[1]]);
  });

  it('stays where it is that of an outbound proxy', () => {
    const { core } = coreInTest();
    const { told, respond } = running(core, invite, { client: { servers: before }, throughProxy: true });
    respond(503);
    respond(302, [moved]);
    expect(serversOf(told)).toEqual([before[0], before[1], before[1]]);
  });

  it('stays when a tel URI becomes a SIP URI: what was corrected goes to the server that answered (RFC 3261 §8.1.3.5)', () => {
    const { core } = coreInTest();
    const { told, respond, sent } = running(
      core,
      { ...invite, uri: 'tel:+1-212-555-1212' },
      { client: { servers: before } },
    );
    respond(416);
    expect(sent()[1]?.uri).toMatch(/^sip:/);
    expect(serversOf(told)).toEqual([before[0], before[0]]);
    respond(503);
    expect(serversOf(told).at(-1)).toBe(before[1]);
    // A redirection is another matter: it leads to another hop, of which nobody has said where its servers are.
    respond(302, [moved]);
    expect(serversOf(told).at(-1)).toBeUndefined();
  });

  it('is forgotten when beforeSend gives a corrected request another first hop', () => {
    const { core, clock } = coreInTest();
    const beforeSend = (request: typeof invite) => ({ ...request, uri: 'sip:bob@chicago.example' });
    const { told, respond } = running(core, invite, { client: { servers: before.slice(0, 1) }, beforeSend });
    respond(503, [['Retry-After', '5']]);
    clock.advance(10_000);
    expect(serversOf(told)).toEqual([before[0], undefined]);
  });

  it('stays when a redirection leads to another user of the same host', () => {
    const { core } = coreInTest();
    const { told, respond } = running(core, invite, { client: { servers: before } });
    respond(503);
    respond(302, [['Contact', '<sip:carol@example.com>']]);
    expect(serversOf(told)).toEqual([before[0], before[1], before[1]]);
  });

  it('is nothing when it is told as empty', () => {
    const { core } = coreInTest();
    const { told, respond, uac } = running(core, invite, { client: { servers: before } });
    uac.useServers([]);
    respond(503);
    expect(serversOf(told)).toEqual(before);
  });
});
