import { describe, expect, it } from 'vitest';
import { type Config, configSchema } from '../../src/cli/config-schema.js';
import { type Credentials, readCredentialsList } from '../../src/digest/credentials.js';
import { Secret } from '../../src/digest/secret.js';
import type { Client } from '../../src/policy/facts.js';
import { defaultLimits, type Limits } from '../../src/policy/limits.js';
import { limitDefects } from '../../src/policy/set-limits.js';
import type { RetryPolicy } from '../../src/policy/rule.js';

const paths = (value: unknown): readonly string[] => {
  const { error } = configSchema.safeParse(value);
  return (error?.issues ?? []).map((issue) =>
    [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys : [])].map(String).join('/'),
  );
};

const whole = {
  $schema: 'config.schema.json',
  credentials: [
    { realm: 'example.com', username: 'alice', password: 'pa55' },
    { username: 'bob', ha1: '0123456789abcdef0123456789ABCDEF' },
    { realm: '', username: 'carol', ha1: '0'.repeat(64), ha1Algorithm: 'SHA-512-256' },
  ],
  servers: ['sip:a.example.com', 'SIPS:b.example.com:5061;transport=tcp'],
  supported: ['path', 'gruu'],
  limits: { ...defaultLimits, maxElapsedMs: 32_000 },
  policy: { extends: 'rfc', entries: { 486: [{ do: 'giveUp', because: 'busy', cite: 'local' }] } },
  redial: 'sameCallId',
  answers: {
    digits: ['2', '34'],
    target: 'sip:desk@example.com',
    bodies: [{ type: 'text/plain', file: 'short.txt' }],
    confirm: ['revealIdentity'],
  },
  environment: { inDialog: false, ownsCallId: true },
};

describe('configSchema', () => {
  it('reads every option', () => {
    const config = configSchema.parse(whole);
    expect(config).toMatchObject({
      servers: whole.servers,
      supported: whole.supported,
      limits: whole.limits,
      redial: 'sameCallId',
      answers: whole.answers,
      environment: whole.environment,
      policy: { name: 'rfc, extended', entries: { 486: { rules: [{ because: 'busy', cite: 'local' }] } } },
    });
  });

  it('needs none of them, at no level', () => {
    expect(configSchema.parse({})).toEqual({});
    expect(configSchema.parse({ limits: {}, answers: {}, environment: {}, credentials: [] })).toEqual({
      limits: {},
      answers: {},
      environment: {},
      credentials: [],
    });
  });

  it('gives what the library takes, types included', () => {
    const config: Config = configSchema.parse(whole);
    const limits: Partial<Limits> | undefined = config.limits;
    const policy: RetryPolicy | undefined = config.policy;
    const credentials: readonly Credentials[] = config.credentials ?? [];
    const client: Client = { ...config.environment, ...(config.servers && { servers: config.servers }) };
    expect(limits).toEqual(whole.limits);
    expect(policy?.name).toBe('rfc, extended');
    expect(readCredentialsList(credentials)).toHaveLength(3);
    expect(client.ownsCallId).toBe(true);
  });

  it('wraps every secret at once: nothing that is printed shows it', () => {
    const { credentials = [] } = configSchema.parse(whole);
    expect(credentials.map((one) => ('password' in one ? one.password : one.ha1))).toEqual([
      expect.any(Secret),
      expect.any(Secret),
      expect.any(Secret),
    ]);
    expect(JSON.stringify(credentials)).not.toMatch(/pa55|0123456789|000000/);
    const wrong = {
      credentials: [{ username: 'a', pasword: 'pa55' }, { username: 'a', ha1: 'pa55' }, 'pa55', { password: 'pa55' }],
    };
    const { error } = configSchema.safeParse(wrong);
    expect(error?.issues).toHaveLength(4);
    expect(JSON.stringify(error) + String(error)).not.toContain('pa55');
  });

  it('takes an empty password, which an account may have', () => {
    expect(paths({ credentials: [{ username: 'a', password: '' }] })).toEqual([]);
  });

  it.each([
    [{ limit: {} }, ['limit']],
    [{ limits: { maxAttempt: 1 } }, ['limits/maxAttempt']],
    [{ answers: { digit: [] } }, ['answers/digit']],
    [{ answers: { bodies: [{ type: 'a/b', file: 'x', name: 'y' }] } }, ['answers/bodies/0/name']],
    [{ environment: { isDialog: true } }, ['environment/isDialog']],
    [{ credentials: [{ username: 'a', password: 'b', user: 'c' }] }, ['credentials/0/user']],
    [{ credentials: [{ username: 'a', password: 'b', ha1: '0'.repeat(32) }] }, ['credentials/0']],
  ])('refuses the unknown key in %j', (value, expected) => {
    expect(paths(value)).toEqual(expected);
  });

  it.each([
    [null, ['']],
    [{ credentials: { username: 'a', password: 'b' } }, ['credentials']],
    [{ credentials: [{ username: 'a' }] }, ['credentials/0']],
    [{ credentials: [{ username: '', password: 'b' }] }, ['credentials/0/username']],
    [{ credentials: [{ username: 'a\r\nb', password: 'b' }] }, ['credentials/0/username']],
    [{ credentials: [{ username: 'a', ha1: '0'.repeat(33) }] }, ['credentials/0/ha1']],
    [{ servers: [] }, ['servers']],
    [{ servers: ['example.com', 'http://a', 'sip:', 'sip:a b'] }, ['servers/0', 'servers/1', 'servers/2', 'servers/3']],
    [{ supported: [''] }, ['supported/0']],
    [{ redial: 'yes' }, ['redial']],
    [{ answers: { digits: '1', target: '', confirm: [1] } }, ['answers/digits', 'answers/target', 'answers/confirm/0']],
    [{ answers: { digits: ['1 2', ''] } }, ['answers/digits/0', 'answers/digits/1']],
    [{ environment: { inDialog: 1 } }, ['environment/inDialog']],
    [{ policy: null }, ['policy/']],
    [{ policy: 'policy.json' }, ['policy/']],
    [{ policy: { extends: 'rfc', entries: { 486: [], 700: [] } } }, ['policy/entries.486', 'policy/entries.700']],
  ])('refuses %j', (value, expected) => {
    expect(paths(value)).toEqual(expected);
  });

  it('says of a policy what its own reader says', () => {
    const { error } = configSchema.safeParse({
      policy: { extends: 'rfc', entries: { 486: [{ do: 'accpt', cite: 'local' }] } },
    });
    const [issue] = error?.issues ?? [];
    expect(issue).toMatchObject({
      code: 'custom',
      params: { defect: { path: 'entries.486[0].do', meant: 'accept' } },
    });
    expect(issue?.message).toMatch(/^is "accpt" \(did you mean "accept"\?\); use one of /);
  });

  it('takes and refuses the very limits that the library does', () => {
    const values = [
      -1,
      0,
      0.5,
      1,
      2,
      1.5,
      NaN,
      Infinity,
      2 ** 53,
      '1',
      null,
      { default: 1 },
      { INVITE: 1 },
      { default: 1, INVITE: -1 },
      [],
    ];
    for (const name of [...Object.keys(defaultLimits), 'maxElapsedMs']) {
      for (const value of values) {
        const limits = { [name]: value };
        expect([limits, configSchema.safeParse({ limits }).success]).toEqual([
          limits,
          limitDefects(limits).length === 0,
        ]);
      }
    }
  });
});
