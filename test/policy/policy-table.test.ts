import { describe, expect, it } from 'vitest';
import { describePolicy } from '../../src/policy/describe-policy.js';
import { extendPolicy } from '../../src/policy/extend-policy.js';
import { onlyStatuses } from '../../src/policy/only-statuses.js';
import { policyToMarkdown, policyToText } from '../../src/policy/policy-table.js';
import { rfcPolicy } from '../../src/policy/table/index.js';

const rows = describePolicy(rfcPolicy);
const rowsOf = (...keys: string[]) => rows.filter(({ key }) => keys.includes(key));

describe('policyToMarkdown', () => {
  const lines = policyToMarkdown(rows).split('\n');
  const lineOf = (key: string): string => lines.find((line) => line.startsWith(`| ${key} |`)) ?? '';

  it('has one line for each entry', () => {
    expect(lines.slice(0, 2)).toEqual([
      '| Code | Reason phrase | What the UAC does, in order | Ends | Sections |',
      '| --- | --- | --- | --- | --- |',
    ]);
    expect(lines.filter((line) => /^\| (?!Code|---)/.test(line))).toHaveLength(rows.length);
  });

  it('tells the steps in order, with their conditions', () => {
    expect(lineOf('404')).toBe(
      '| 404 | Not Found | give up: `usageEnded` if `endsUsage`; wait, then ask again if `redialWanted` and `hasRetryAfter`; give up: `notFound` † | dialog | RFC 3261 §21.4.5, §20.33; RFC 5057 §5.1 |',
    );
  });

  it('joins neighbours that do the same', () => {
    expect(lineOf('503')).toBe(
      '| 503 | Service Unavailable | try another server if `serverLeft` and `nobodyRinging`; wait, then ask again if `hasRetryAfter`, or `isRepeatable`; give up: `unavailable` if `fromWire`; give up: `noServerLeft` † |  | RFC 3261 §21.5.4; RFC 3263 §4.3 |',
    );
  });

  it('does not join a last step that does the same as the one before', () => {
    const policy = extendPolicy(rfcPolicy, {
      488: [
        { when: ['fromWire'], do: 'accept', cite: 'local: first' },
        { do: 'accept', cite: 'local' },
      ],
    });
    expect(policyToMarkdown(describePolicy(policy))).toContain(
      '| 488 | Not Acceptable Here | accept if `fromWire`; accept |  | RFC 3261 §21.4.26; local |',
    );
  });

  it('marks the entries that try the next target of a redirection, and explains the mark', () => {
    expect(lineOf('400')).toContain('| give up: `refused` † |');
    expect(lineOf('500')).toContain(
      '| try another server if `retryAfterTooLong` and `serverLeft` and `nobodyRinging`; wait, then ask again if `hasRetryAfter`; try another server if `serverLeft` and `nobodyRinging`; wait, then ask again if `cseqMayBeLow`, or `isRepeatable`; give up: `unavailable` † |',
    );
    expect(lineOf('302')).toContain('| follow the redirection if `targetLeft`; give up: `noTargetLeft` |');
    expect(lineOf('600')).not.toContain('†');
    expect(lines.at(-2)).toMatch(/^† Before it waits for this target or gives it up, the UAC tries the next one/);
    expect(policyToMarkdown(rowsOf('302', '600'))).not.toContain('†');
  });

  it('keeps apart a redirection under other conditions', () => {
    const policy = extendPolicy(rfcPolicy, {
      486: [
        { when: ['targetLeft', 'redialWanted'], do: 'tryOtherTarget', cite: 'local' },
        { when: ['redialWanted'], do: 'tryOtherTarget', cite: 'local' },
        { when: ['redialWanted', 'targetLeft'], do: 'tryOtherTarget', cite: 'local' },
        { when: ['hasRetryAfter'], do: 'wait', cite: 'local' },
        { when: ['redialWanted', 'targetLeft'], do: 'tryOtherTarget', cite: 'local' },
        { do: 'giveUp', because: 'busy', cite: 'local' },
      ],
    });
    expect(policyToMarkdown(describePolicy(policy))).toContain(
      '| follow the redirection if `targetLeft` and `redialWanted`, or `redialWanted`, or `redialWanted` and `targetLeft`; wait, then ask again if `hasRetryAfter`; follow the redirection if `redialWanted` and `targetLeft`; give up: `busy` |',
    );
  });

  it('says of a class that it speaks for the others', () => {
    expect(lineOf('4xx')).toContain('| any other, as Bad Request |');
  });

  it('names an action of the application’s own, and lets no phrase break the table', () => {
    const entry = {
      phrase: 'Busy|Here',
      definedIn: 'local',
      impact: 'usage',
      rules: [{ do: 'custom', name: 'ask|desk', cite: 'local: a|b' }],
    } as const;
    const policy = extendPolicy(rfcPolicy, { 486: entry, 'REGISTER 403': [{ do: 'accept', cite: 'local' }] });
    expect(policyToMarkdown(describePolicy(policy))).toContain(
      '| 486 | Busy\\|Here | leave it to the application: `ask\\|desk` | usage | local |',
    );
  });
});

describe('policyToText', () => {
  it('has a line for the entry and one for each rule', () => {
    expect(policyToText(rowsOf('404', '607', '2xx'))).toBe(
      `404  Not Found, ends the dialog                               RFC 3261 §21.4.5
     endsUsage                     give up: usageEnded        RFC 5057 §5.1
     targetLeft                    follow the redirection     RFC 3261 §8.1.3.4
     redialWanted, hasRetryAfter   wait, then ask again       RFC 3261 §20.33
     otherwise                     give up: notFound          RFC 3261 §21.4.5

607  Unwanted                                                 RFC 8197 §4
     always                        give up: declined          RFC 8197 §4

2xx  any other, as OK                                         RFC 3261 §21.2
     always                        accept                     RFC 3261 §21.2
`,
    );
  });

  it('goes on in the next line where a column is too narrow', () => {
    expect(policyToText(rowsOf('412'))).toContain(
      `     isConditionalPublish,         accept                     local: nothing is
     isRemoval                                                left to remove
`,
    );
  });

  it.each([80, 81, 83, 100, 132, 200])('stays within %d columns', (columns) => {
    const lengths = policyToText(rows, columns)
      .split('\n')
      .map((line) => line.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(columns);
  });

  it('uses the room of a wide terminal, and 80 columns of a narrow one', () => {
    const lines = (columns: number): number => policyToText(rows, columns).split('\n').length;
    expect(lines(132)).toBeLessThan(lines(100));
    expect(lines(100)).toBeLessThan(lines(80));
    expect(policyToText(rows, 132)).toContain('local: one guess without Unsupported');
    expect(policyToText(rows, 20)).toBe(policyToText(rows, 80));
    expect(policyToText(rows)).toBe(policyToText(rows, 80));
  });

  it('tells a policy that was reduced', () => {
    expect(policyToText(describePolicy(onlyStatuses(rfcPolicy, [401]))).match(/^\w+/gm)).toEqual([
      '401',
      '2xx',
      '3xx',
      '4xx',
      '5xx',
      '6xx',
    ]);
  });
});
