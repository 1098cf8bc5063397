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
      }),
    );
    for (const secret of ['hunter22', 'abcdef', 'one-secret', 'key-1', 'two-secret', '0123456789', 'n0nce']) {
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
    for (const secret of ['hunter22', 'static-token', 'in-meta']) expect(JSON.stringify(shown)).not.toContain(secret);
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
    expect(redaction.value({ hostile })).toEqual({ hostile: {} });
    expect(redaction.value(new Error('wonderland'))).toEqual({ type: 'Error', message: '•••' });
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
