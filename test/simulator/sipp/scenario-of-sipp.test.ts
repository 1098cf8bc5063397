import { describe, expect, it } from 'vitest';
import { scenarioOfSipp, type SippOptions } from '../../../src/simulator/sipp/scenario-of-sipp.js';
import { simulate } from '../../../src/simulator/simulate.js';
import { answer, CONTACT, message, recv, sippText } from './sipp-texts.js';

const OK = answer('200 OK', [CONTACT]);
const BYE = message(['BYE sip:alice@198.51.100.7 SIP/2.0']);

function made(commands: readonly string[], options: SippOptions = {}) {
  const read = scenarioOfSipp(sippText(...commands), options);
  if (read.kind === 'refused') throw new Error(read.found);
  return read;
}

function requestFor(...commands: readonly string[]) {
  return made(commands).scenario.requests[0];
}

describe('the scenario around a SIPp file', () => {
  it.each([
    ['INVITE', 'sip:service@example.com'],
    ['REGISTER', 'sip:example.com'],
    ['OPTIONS', 'sip:service@example.com'],
    ['MESSAGE', 'sip:service@example.com'],
    ['SUBSCRIBE', 'sip:service@example.com'],
    ['PUBLISH', 'sip:service@example.com'],
  ])('begins with %s where the file receives that first, and runs', async (method, uri) => {
    const commands = [recv(method), OK, ...(method === 'INVITE' ? [recv('ACK'), recv('BYE'), answer('200 OK')] : [])];
    const { scenario } = made(commands);
    expect(scenario.requests).toMatchObject([{ method, uri }]);
    const { events } = await simulate(scenario);
    expect(events).toContainEqual(expect.objectContaining({ type: 'party', does: 'call 1 succeeds' }));
    expect(events).toContainEqual(expect.objectContaining({ type: 'outcome', outcome: 'accepted' }));
  });

  it('takes the first method of a pattern', () => {
    expect(requestFor('<recv request="REGISTER|SUBSCRIBE" regexp_match="true"/>', OK)).toMatchObject({
      method: 'REGISTER',
    });
  });

  it('cancels where the file waits for a CANCEL before it accepts', () => {
    expect(requestFor(recv('INVITE'), recv('CANCEL'), answer('200 OK'))).toMatchObject({ cancelAfter: '2 s' });
    expect(requestFor(recv('INVITE'), recv('CANCEL', 'optional="true"'), OK)).not.toHaveProperty('cancelAfter');
  });

  it('lets the server hang up where it does, and hangs up itself where the server waits for that', () => {
    expect(requestFor(recv('INVITE'), OK, recv('ACK'), BYE)).toMatchObject({ hangUpAfter: '10 min' });
    expect(requestFor(recv('INVITE'), OK, recv('ACK'), recv('BYE'))).not.toHaveProperty('hangUpAfter');
  });

  it('holds a call whose session timer the server wants to see refreshed', () => {
    const { scenario } = made([
      recv('INVITE'),
      answer('200 OK', [CONTACT, 'Session-Expires: 90;refresher=uac']),
      recv('ACK'),
      recv('INVITE'),
    ]);
    expect(scenario.requests[0]).toMatchObject({ hangUpAfter: '1 h' });
    expect(scenario.uac).toMatchObject({ supported: ['timer'] });
  });

  it('keeps a registration where the file waits for a refresh', () => {
    const { scenario } = made([recv('REGISTER'), OK, recv('REGISTER'), OK]);
    expect(scenario.requests[0]).toMatchObject({ keep: true });
    expect(scenario.stopAfter).toBe('2 h');
    expect(requestFor(recv('REGISTER'), answer('401 Unauthorized'), recv('REGISTER'), OK)).not.toHaveProperty('keep');
  });

  it('takes name, client and transport from its caller', () => {
    const { scenario } = made([recv('OPTIONS'), OK], { name: 'mine', uac: { supported: ['path'] }, transport: 'TCP' });
    expect(scenario).toMatchObject({ name: 'mine', uac: { supported: ['path'] } });
    expect(scenario.requests[0]?.uri).toBe('sip:service@example.com;transport=tcp');
  });

  it('names what is left out, and passes on why a file is none of a server', () => {
    expect(made([recv('OPTIONS', '', '<exec command="rm"/>'), OK]).notUnderstood).toEqual([
      { line: 3, what: '<exec command>' },
    ]);
    const refused = scenarioOfSipp(sippText(BYE));
    expect(refused).toMatchObject({ kind: 'refused', line: 3 });
    expect(refused.kind === 'refused' && refused.found).toMatch(/sending a BYE: it is a user agent client/);
  });
});
