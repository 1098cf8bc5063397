// What is kept and sent is plain JSON without secrets, whatever went in.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Redaction } from '../../src/inspect/redact.js';

const redaction = new Redaction({ secrets: ['wonderland'], depth: 30 });

describe('Redaction', () => {
  it('masks members with a telling name whole, however deep they stand', () => {
    const shown = JSON.stringify(
      redaction.value({
        context: { user: { password: 'hunter22', ha1: 'abcdef', passwords: ['one-secret'], apiKey: 'key-1' } },
        output: { credentials: [{ username: 'alice', password: 'two-secret' }] },
        response: '0123456789abcdef',
        nonce: 'n0nce',
        passwordAgain: 'three-secret',
        voicemail: { pin: 1234567, passcode: 'four-secret', accessKey: 'five-secret' },
      }),
    );
    for (const secret of [
      'hunter22',
      'abcdef',
      'one-secret',
      'key-1',
      'two-secret',
      '0123456789',
      'n0nce',
      '-secret',
      '1234567',
    ]) {
      expect(shown).not.toContain(secret);
    }
  });

  it('keeps a response that is no digest', () => {
    expect(redaction.value({ response: { status: 401 } })).toEqual({ response: { status: 401 } });
  });

  it('masks credentials in header rows, in texts, and known secrets anywhere', () => {
    const shown = JSON.stringify(
      redaction.value({
        headers: [['Authorization', 'Digest username="a", response="deadbeef"']],
        text: 'INVITE sip:b SIP/2.0\r\nProxy-Authorization: Digest response="cafebabe"\r\n\r\n',
        loose: 'sent Digest username="a", response="f00dfeed"',
        url: 'https://alice:wonderland@example.com',
        wonderland: 1,
      }),
    );
    for (const secret of ['deadbeef', 'cafebabe', 'f00dfeed', 'wonderland']) expect(shown).not.toContain(secret);
  });

  it('keeps the states, events and guards of a definition whatever they are called, and masks its data', () => {
    const config = {
      id: 'login',
      context: { password: 'hunter22' },
      apiKey: 'beside-the-states',
      states: {
        password: { on: { secret: { target: 'response', guard: 'isToken' } } },
        response: { invoke: { src: 'fetch', input: { token: 'static-token' } }, meta: { secret: 'in-meta' } },
      },
    };
    const shown = redaction.definition(config);
    expect(shown).toMatchObject({
      states: {
        password: { on: { secret: { target: 'response', guard: 'isToken' } } },
        response: { invoke: { src: 'fetch' } },
      },
    });
    for (const secret of ['hunter22', 'static-token', 'in-meta', 'beside-'])
      expect(JSON.stringify(shown)).not.toContain(secret);
  });

  it('keeps thirty levels, and ends in a word below', () => {
    const nest = (depth: number): unknown => (depth === 0 ? 'bottom' : { in: nest(depth - 1) });
    expect(JSON.stringify(redaction.value(nest(30)))).toContain('bottom');
    expect(JSON.stringify(redaction.value(nest(40)))).not.toContain('bottom');
  });

  it('ends at cycles, actors, functions and getters that throw', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(redaction.value(cycle)).toEqual({ self: '[circular]' });
    expect(redaction.value({ ref: { sessionId: 'x:1', logic: {}, system: cycle } })).toEqual({
      ref: { sessionId: 'x:1' },
    });
    expect(redaction.value({ guard: isGood })).toEqual({ guard: { type: 'isGood' } });
    const hostile = Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    expect(redaction.value({ hostile, good: 1 })).toEqual({ hostile: { x: '[unreadable]' }, good: 1 });
    expect(redaction.value(new Error('wonderland'))).toEqual({ type: 'Error', message: '•••' });
  });

  it('goes on past proxies that throw whatever they are asked', () => {
    const refuse = (): never => {
      throw new Error('no');
    };
    const proxy: unknown = new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse });
    const { proxy: gone, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const hostile of [proxy, gone]) {
      expect(redaction.value({ hostile, good: 1 })).toEqual({ hostile: '[unreadable]', good: 1 });
      expect(redaction.definition({ initial: hostile, id: 'm' })).toEqual({ initial: '[unreadable]', id: 'm' });
    }
  });

  it('ends in a word where everything is linked with everything', () => {
    const nodes = Array.from({ length: 30 }, (_, id) => ({ id, links: [] as unknown[] }));
    for (const node of nodes) node.links.push(...nodes);
    let twice: unknown = 'end';
    for (let level = 0; level < 29; level += 1) twice = [twice, twice];
    const machine: Record<string, unknown> = { id: 'm' };
    machine['states'] = { a: machine, b: machine };
    for (const shown of [
      redaction.value({ context: nodes[0] }),
      redaction.value(twice),
      redaction.definition(machine),
      redaction.definition({ context: twice, states: nodes[0] }),
    ]) {
      const { length } = JSON.stringify(shown);
      expect(length).toBeLessThan(5_000_000);
    }
    expect(JSON.stringify(redaction.value(twice))).toContain('[…]');
  });

  it('keeps of huge texts and lists what can be looked at', () => {
    expect(
      JSON.stringify(redaction.value({ texts: Array.from({ length: 5_000 }, () => 'x'.repeat(100_000)) })).length,
    ).toBeLessThan(5_000_000);
    expect(redaction.value({ audio: new Uint8Array(1_000_000) })).toEqual({ audio: '[1000000 octets]' });
    expect(redaction.value({ at: new Date(0), never: new Date(NaN), many: 10n ** 30n })).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      never: 'Invalid Date',
      many: `1${'0'.repeat(30)}`,
    });
  });

  it('is not told what to write by a toJSON of the program', () => {
    expect(JSON.stringify(redaction.value({ toJSON: () => 'hunter22' }))).not.toContain('hunter22');
  });

  it('pollutes no prototype', () => {
    redaction.value(JSON.parse('{"__proto__": {"isBad": true}, "constructor": {"prototype": {"isBad": true}}}'));
    expect('isBad' in {}).toBe(false);
  });

  it('makes JSON of anything', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withNullPrototype: true, maxDepth: 4 }), (value) => {
        expect(() => JSON.stringify(redaction.value(value))).not.toThrow();
        expect(() => JSON.stringify(redaction.definition(value))).not.toThrow();
      }),
    );
  });
});

function isGood(): boolean {
  return true;
}
