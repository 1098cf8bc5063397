import { describe, expect, it } from 'vitest';
import { describeEntry, describePolicy } from '../../src/policy/describe-policy.js';
import { extendPolicy } from '../../src/policy/extend-policy.js';
import { rfcPolicy } from '../../src/policy/table/index.js';

describe('describePolicy', () => {
  const rows = describePolicy(rfcPolicy);

  it('has a row for every entry: by code, methods after their code, classes last', () => {
    const keys = rows.map(({ key }) => key);
    expect(keys.toSorted()).toEqual(Object.keys(rfcPolicy.entries).toSorted());
    expect(keys.slice(0, 3)).toEqual(['300', '301', '302']);
    expect(keys.slice(keys.indexOf('480'), keys.indexOf('480') + 4)).toEqual([
      '480',
      'OPTIONS 480',
      '481',
      'PRACK 481',
    ]);
    expect(keys.slice(-5)).toEqual(['2xx', '3xx', '4xx', '5xx', '6xx']);
  });

  it('says of an entry what it is, and of each rule when, what, why and from where', () => {
    expect(rows.find(({ key }) => key === '404')).toMatchObject({
      key: '404',
      phrase: 'Not Found',
      definedIn: 'RFC 3261 §21.4.5',
      impact: 'dialog',
      rules: [
        { id: '404#1', do: 'giveUp', because: 'usageEnded', cite: 'RFC 5057 §5.1' },
        { id: '404#2', do: 'tryOtherTarget' },
        {
          id: '404#3',
          when: [
            { name: 'redialWanted', sentence: 'the application wants the call repeated by itself' },
            { name: 'hasRetryAfter', sentence: 'the response says Retry-After' },
          ],
          do: 'wait',
          label: 'wait, then ask again',
          cite: 'RFC 3261 §20.33',
        },
        {
          id: '404#4',
          when: [],
          do: 'giveUp',
          label: 'give up',
          because: 'notFound',
          why: 'the user does not exist at the address that was asked for',
          cite: 'RFC 3261 §21.4.5',
        },
      ],
    });
  });

  it('names an action of the application’s own', () => {
    const policy = extendPolicy(rfcPolicy, { 486: [{ do: 'custom', name: 'askDesk', cite: 'local' }] });
    expect(describePolicy(policy).find(({ key }) => key === '486')?.rules).toEqual([
      { id: '486#1', when: [], do: 'custom', label: 'leave it to the application', name: 'askDesk', cite: 'local' },
    ]);
  });

  it('is plain data', () => {
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
  });
});

describe('describeEntry', () => {
  it('describes the entry of the code, and names those that methods have', () => {
    const described = describeEntry(rfcPolicy, 480);
    expect(described).toMatchObject({ status: 480, treatedAs: 480, row: { key: '480' }, others: ['OPTIONS 480'] });
    expect(described).not.toHaveProperty('method');
  });

  it('describes the entry of the method where there is one', () => {
    expect(describeEntry(rfcPolicy, 480, 'OPTIONS')).toMatchObject({
      method: 'OPTIONS',
      row: { key: 'OPTIONS 480', definedIn: 'RFC 3261 §11.2' },
      others: [],
    });
    expect(describeEntry(rfcPolicy, 480, 'INVITE')).toMatchObject({ method: 'INVITE', row: { key: '480' } });
  });

  it('describes the class for a code without an entry (RFC 3261 §8.1.3.2)', () => {
    expect(describeEntry(rfcPolicy, 499)).toMatchObject({ status: 499, treatedAs: 400, row: { key: '4xx' } });
    expect(describeEntry(rfcPolicy, 555)).toMatchObject({ row: { key: '5xx' }, others: ['REGISTER 555'] });
    expect(describeEntry(rfcPolicy, 202)).toMatchObject({ treatedAs: 200, row: { key: '2xx' } });
  });

  it.each([100, 199, 700, 486.5, NaN])('refuses %d, for which no decision is made (RFC 3261 §7.2)', (status) => {
    expect(() => describeEntry(rfcPolicy, status)).toThrow(
      expect.objectContaining({
        code: 'badRequest',
        message: `A decision is made for a final response, and ${status} is none; use a status code from 200 to 699.`,
      }),
    );
  });

  it('describes the first and the last code of all', () => {
    expect(describeEntry(rfcPolicy, 200).row.key).toBe('2xx');
    expect(describeEntry(rfcPolicy, 699).row.key).toBe('6xx');
  });
});
