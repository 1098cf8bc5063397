// SIPp files that others wrote (SIP_CORPUS/sipp): each is read, and those of servers are run to an end in virtual time.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSipp } from '../../../src/simulator/sipp/read-sipp.js';
import { scenarioOfSipp } from '../../../src/simulator/sipp/scenario-of-sipp.js';
import { simulate } from '../../../src/simulator/simulate.js';

const folder = process.env['SIP_CORPUS'];
const sipp = folder === undefined ? undefined : join(folder, 'sipp');
const names =
  sipp !== undefined && existsSync(sipp)
    ? readdirSync(sipp)
        .filter((name) => name.endsWith('.xml'))
        .sort()
    : [];

it('reads the SIPp files of others only where SIP_CORPUS names their folder', () => {
  if (names.length === 0)
    console.info('SIP_CORPUS is not set, or has no sipp/: the SIPp files of others are not read.');
  expect(folder).not.toBe('');
});

describe.skipIf(names.length === 0)('SIPp files of others', () => {
  const texts = names.map((name) => ({ name, text: readFileSync(join(sipp ?? '', name), 'utf8') }));
  const reads = texts.map(({ name, text }) => ({ name, text, read: readSipp(text) }));

  it('refuses clients and what answers nothing, and reads all others', () => {
    const refused = reads.flatMap(({ name, text, read }) => (read.kind === 'refused' ? [{ name, text, read }] : []));
    const servers = reads.length - refused.length;
    console.info(`${reads.length} SIPp files: ${servers} servers, ${refused.length} refused`);
    expect(servers).toBeGreaterThan(0);
    for (const { name, text, read } of refused) {
      const firstMessage = /<(send|recv)\b/.exec(text.replace(/<!--.*?-->/gs, ''))?.[1];
      expect(firstMessage, name).toBe('send');
      expect(read.found, name).toMatch(
        /^it begins by sending (?:an? [A-Z]+: it is a user agent client|a response to nothing)$/,
      );
      expect(text.split('\n')[read.line - 1], name).toContain('<send');
    }
  });

  it('names what it does not understand where it stands', () => {
    for (const { name, text, read } of reads) {
      if (read.kind === 'refused') continue;
      const lines = text.split('\n');
      for (const { line, what } of read.notUnderstood) {
        // A start tag may go over several lines, and a keyword stands somewhere below its <send>.
        const near = lines.slice(Math.max(0, line - 8), line + 40).join('\n');
        const [word = ''] = /[\w-]+/.exec(what.replace(/^the keyword /, '')) ?? [];
        expect(what.startsWith('XML') ? what : near, `${name}:${line} ${what}`).toContain(word);
      }
    }
  });

  const servers = reads.filter(({ read }) => read.kind === 'server').map(({ name, text }) => [name, text] as const);

  it.each(servers)('runs %s to an end', async (_, text) => {
    const made = scenarioOfSipp(text);
    if (made.kind === 'refused') throw new Error(made.found);
    const transcript = await simulate(made.scenario);
    const verdicts = transcript.events.flatMap((event) => (event.type === 'party' ? [event.does] : []));
    // Each call ends, or says what it waits for that this client does not do.
    expect(verdicts.length).toBeGreaterThan(0);
    for (const verdict of verdicts) expect(verdict).toMatch(/^call \d+ (?:succeeds$|fails: |waits for |is at line )/);
    const twoHours = 7_200_000;
    expect(transcript.endedAt).toBeLessThanOrEqual(twoHours);
  });
});
