// Why, the ladder, and trying a response: what stands beside the chart.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { converse } from '../../../src/cli/conversation.js';
import { noConfig } from '../../../src/cli/load-config.js';
import { turnAsJson } from '../../../src/cli/print-json.js';
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';
import { parsePolicy } from '../../../src/policy/parse-policy.js';
import { readMessage } from '../../../src/sip/read-message.js';
import { seededRandom, seededToken } from '../../../src/timing/random.js';
import { activeStates, hasChromium, launch, openAllCodes, type OpenPage } from './browser.js';
import { threeRequests } from './flows.js';
import { recordEntries } from './record-entries.js';

describe.skipIf(!hasChromium)('the panels', () => {
  let browser: Browser;
  let entries: readonly InspectorEntry[];
  let open: OpenPage;

  beforeAll(async () => {
    entries = await recordEntries(threeRequests);
    browser = await launch();
    open = await openAllCodes(browser, entries);
  });
  afterAll(async () => {
    await open.close();
    await browser.close();
  });

  const tab = (name: string) => open.page.getByRole('tab', { name }).click();
  const why = async (): Promise<string> => (await open.page.locator('.why').textContent()) ?? '';

  it('tells why an edge is there: the entry of the table, its rules, sections and conditions', async () => {
    await open.page
      .locator(
        '[data-row="pending → recovering.adjusting [intervalApplies & intervalBelowMinimum & minimumAcceptable]"]',
      )
      .dispatchEvent('click');
    await expect.poll(why).toContain('The entry 423 Interval Too Brief');
    expect(await why()).toContain('RFC 3261 §10.2.8');
    expect(await open.page.locator('.rules .used').count()).toBe(1);
    expect(await open.page.locator('.rules .used').textContent()).toContain('intervalBelowMinimum');
  });

  it('tells the entry of each code of an edge', async () => {
    await open.page.locator('[data-row="pending → recovering.waiting [hasRetryAfter]"]').dispatchEvent('click');
    await open.page.getByRole('group', { name: 'Entries of the table' }).getByRole('button', { name: '503' }).click();
    await expect.poll(why).toContain('The entry 503 Service Unavailable');
    expect(await why()).toContain('RFC 3261 §21.5.4');
    await open.page
      .locator(
        '[data-row="pending → recovering.adjusting [intervalApplies & intervalBelowMinimum & minimumAcceptable]"]',
      )
      .dispatchEvent('click');
  });

  it('tells the present value of conditions, from the last decision', async () => {
    const flow = entries.filter(({ type }) => type !== 'chart');
    const at = flow.findIndex((entry) => entry.type === 'decision' && entry.status === 423);
    await open.page.getByLabel('Moment').fill(String(at + 1));
    await expect.poll(() => open.page.locator('.rules .used [aria-label="holds:"]').count()).toBe(3);
  });

  it('tells a decision of the ladder with the next request as a diff', async () => {
    await tab('Ladder');
    await open.page.locator('.rows .row', { hasText: '423 →' }).click();
    await expect.poll(why).toContain('raise the interval: Expires 600');
    expect(await open.page.locator('.changes del').allTextContents()).toContain('−Expires: 60');
    expect(await open.page.locator('.changes ins').allTextContents()).toContain('+Expires: 600');
  });

  it('tells the text of a message, with digest responses masked', async () => {
    await tab('Ladder');
    const sent = entries.findLast((entry) => entry.type === 'message' && entry.text.includes('Authorization: Digest'));
    if (sent?.type !== 'message') throw new Error('no message with credentials');
    await open.page.locator('.rows').press('Home');
    await open.page.locator(`#told-${sent.seq}`).click();
    await expect.poll(why).toContain('REGISTER sip:example.com SIP/2.0');
    expect(await why()).not.toMatch(/response="[0-9a-f]{32}"/);
    expect(await open.page.content()).not.toContain('wonderland');
  });

  it('keeps the ladder in step with the chart', async () => {
    await tab('Ladder');
    await open.page.locator('.rows').focus();
    await open.page.keyboard.press('Home');
    await expect.poll(() => activeStates(open.page)).toEqual(['pending']);
    await expect.poll(() => open.page.locator('.rows .current').getAttribute('aria-posinset')).toBe('1');
    await open.page.keyboard.press('End');
    await expect.poll(() => activeStates(open.page)).toEqual(['accepted']);
  });

  it.each([
    ['REGISTER', '423', 'Min-Expires: 1800'],
    ['INVITE', '486', 'Retry-After: 45'],
    ['INVITE', '401', 'WWW-Authenticate: Digest realm="a", nonce="b", qop="auth"'],
    ['SUBSCRIBE', '489', ''],
    ['INVITE', '302', 'Contact: <sip:bob@other.example>'],
    ['OPTIONS', '299', ''],
  ])('decides on %s %s as sip-retry decide --json does', async (method, code, headers) => {
    await tab('Try it');
    await open.page.locator('#try-method').selectOption(method);
    await open.page.locator('#try-code').fill(code);
    await open.page.locator('#try-headers').fill(headers);
    await open.page.getByRole('button', { name: 'Raw messages' }).click();
    const [request, response] = [
      await open.page.locator('#try-request').inputValue(),
      await open.page.locator('#try-response').inputValue(),
    ];
    await open.page.getByRole('button', { name: 'Fields' }).click();
    expect(request).toContain(method);
    const shown: unknown = JSON.parse((await open.page.locator('#try-json').textContent()) ?? '');
    expect(shown).toEqual(JSON.parse(byCommand(request, response)));
  });

  it('tries a raw response, and says what is wrong with one', async () => {
    await tab('Try it');
    await open.page.getByRole('button', { name: 'Raw messages' }).click();
    await open.page.locator('#try-response').fill('SIP/2.0 503 Service Unavailable\nRetry-After: 7\n');
    await expect.poll(() => open.page.locator('.trial-result h2').textContent()).toContain('503 → wait');
    await open.page.locator('#try-response').fill('hello');
    await expect.poll(() => open.page.locator('.trial-result').textContent()).toContain('The response cannot be read');
    await open.page.getByRole('button', { name: 'Fields' }).click();
  });

  it('lets limits be changed', async () => {
    await tab('Try it');
    await open.page.locator('#try-method').selectOption('REGISTER');
    await open.page.locator('#try-code').fill('423');
    await open.page.locator('summary', { hasText: 'Limits' }).click();
    await open.page.getByLabel('Longest interval, s').fill('100');
    await expect.poll(() => open.page.locator('.trial-result').textContent()).toContain('give up');
    await open.page.getByRole('button', { name: 'Back to the defaults' }).click();
    await expect.poll(() => open.page.locator('.trial-result').textContent()).toContain('raise the interval');
  });

  it('shows what is wrong with rows, draws the chart of good ones, and exports the policy', async () => {
    await tab('Try it');
    await open.page.locator('summary', { hasText: 'Entries' }).click();
    await open.page.locator('#entry-key').selectOption('486');
    await open.page.locator('#entry-rows').fill('[{"do":"giveup","because":"busy","cite":"local"}]');
    await expect.poll(() => open.page.locator('.defects').textContent()).toContain('did you mean "giveUp"?');
    expect(await open.page.getByRole('button', { name: 'Use these rows' }).isDisabled()).toBe(true);
    await open.page.locator('#entry-rows').fill('[{"do":"giveUp","because":"busy","cite":"local"}]');
    await open.page.getByRole('button', { name: 'Use these rows' }).click();
    const waits = open.page.locator('[data-card="pending → recovering.waiting"]');
    await expect.poll(() => waits.textContent()).not.toContain('486');
    await open.page.locator('#try-method').selectOption('INVITE');
    await open.page.locator('#try-code').fill('486');
    await expect.poll(() => open.page.locator('.trial-result').textContent()).toContain('486 → give up');

    await open.page.locator('summary', { hasText: 'Export' }).click();
    const [download] = await Promise.all([
      open.page.waitForEvent('download'),
      open.page.getByRole('link', { name: 'Save as policy.json' }).click(),
    ]);
    let text = '';
    for await (const part of await download.createReadStream()) text += String(part);
    const parsed = parsePolicy(JSON.parse(text));
    expect(parsed.ok && parsed.policy.entries['486' as never]).toMatchObject({
      rules: [{ do: 'giveUp', because: 'busy', cite: 'local' }],
    });

    await open.page.getByRole('button', { name: 'Undo all' }).click();
    await expect.poll(() => waits.textContent()).toContain('486');
  });

  it('draws the chart of the codes that were seen alone', async () => {
    const before = await open.page.locator('[data-row]').count();
    await open.page.getByRole('button', { name: 'Seen' }).click();
    await expect.poll(() => open.page.locator('[data-row]').count()).toBeLessThan(before / 2);
    expect(await open.page.locator('.chart').textContent()).toContain('423');
    await open.page.getByRole('button', { name: 'All codes' }).click();
    await expect.poll(() => open.page.locator('[data-row]').count()).toBe(before);
  });

  it('complains about nothing', () => {
    expect(open.complaints).toEqual([]);
  });
});

function byCommand(request: string, response: string): string {
  const [sent, came] = [readMessage(onTheWire(request)), readMessage(onTheWire(response))];
  if (sent.kind !== 'request' || came.kind !== 'response') throw new Error('unreadable');
  const source = { source: 'file', line: 1 } as const;
  const [turn] = converse(
    { ...source, request: sent.request, notes: [] },
    [{ ...source, kind: 'response', response: came.response, notes: [] }],
    { ...noConfig, random: seededRandom(1), token: seededToken(1), startedAt: Date.now() },
  );
  return turn === undefined ? '' : turnAsJson(turn);
}

function onTheWire(text: string): string {
  return `${text.trimEnd()}\n\n`.replaceAll('\n', '\r\n');
}
