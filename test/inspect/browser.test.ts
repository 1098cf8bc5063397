import { describe, expect, it } from 'vitest';
import * as browser from '../../src/inspect/browser.js';
import * as node from '../../src/inspect/index.js';
import type { OfficialMessage } from '../../src/inspect/index.js';

/** What TypeScript lets a browser's program write: it takes Node's types for it. */
const createInspector: typeof node.createInspector = browser.createInspector;

describe('the inspector in a browser', () => {
  it('has the names and the members of Node’s', async () => {
    expect(Object.keys(browser)).toEqual(Object.keys(node));
    const served = node.createInspector();
    const opened = createInspector({ port: 1, title: 'calls', eager: true, official: () => undefined });
    expect(Object.keys(opened).sort()).toEqual(Object.keys(served).sort());
    await Promise.all([served.close(), opened.close()]);
  });

  it('takes notes and entries without keeping them, and is ready at once', async () => {
    const messages: OfficialMessage[] = [];
    const inspector = createInspector({ official: (message) => messages.push(message) });
    inspector.note('a note');
    inspector.tell({ type: 'note', at: 0, text: 'another one' });
    expect(inspector.entries).toEqual([]);
    expect(messages).toEqual([]);
    expect(inspector.officialUrl).toBeUndefined();
    await expect(inspector.ready).resolves.toBe('https://stately.ai/inspect');
  });

  it('opens the page that `stately` names, as on Node', async () => {
    const opened: string[] = [];
    const window = {
      open: (url: string) => {
        opened.push(url);
        return null;
      },
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    };
    const inspector = browser.createInspector({ stately: { url: 'http://localhost:8000/viewer' }, window });
    expect(opened).toEqual(['http://localhost:8000/viewer']);
    expect([inspector.url, inspector.statelyUrl, await inspector.ready]).toEqual([...opened, ...opened, ...opened]);
  });
});
