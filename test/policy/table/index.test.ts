// The table as a whole: complete, without contradictions, every row with its source.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isCitation } from '../../../src/policy/citation.js';
import { conditionNames } from '../../../src/policy/vocabulary.js';
import type { Impact } from '../../../src/policy/impact.js';
import type { Rule } from '../../../src/policy/rule.js';
import { globalFailure } from '../../../src/policy/table/global-failure.js';
import { rfcPolicy, tableFiles } from '../../../src/policy/table/index.js';
import { titleOf } from '../../../src/policy/entry-title.js';
import { statusCodes } from '../../../src/sip/status-code.js';
import { allCases } from '../cases/index.js';

const entries = Object.entries(rfcPolicy.entries);
const rules: readonly (readonly [string, Rule])[] = entries.flatMap(([key, { rules: rows }]) =>
  rows.map((rule, row) => [`${key}#${row + 1}`, rule] as const),
);

/** RFC 5057 §5.1: what destroys the usage and the dialog; all other codes end their transaction only. */
const destroys: Readonly<Record<Exclude<Impact, 'transaction'>, readonly number[]>> = {
  // 408 acts like a timeout (note 4, §5.2).
  usage: [405, 408, 480, 481, 489, 501],
  dialog: [404, 410, 416, 482, 483, 484, 485, 502, 604],
};

/** Conditions that one entry alone looks at (401 and 407 are one), and why they are conditions of their own. */
const usedOnce: Readonly<Record<string, string>> = {
  challengeAnswerable: 'progress: a realm that has not refused',
  intervalApplies: 'only 423 is about Expires',
  sessionIntervalApplies: 'only 422 is about Session-Expires',
  noMinSe: 'partner of sessionIntervalBelowMinimum: the guess',
  isConditionalPublish: 'only 412 is about an entity-tag',
  retryAfterTooLong: 'only 500 waits before it asks another server',
  cseqMayBeLow: 'progress: the CSeq number jumps once',
  credentialsUnproven: '403 alone stands for a second challenge',
  noUsableMinExpires: 'partner of intervalBelowMinimum: the guess',
  askedBelowOneHour: 'progress: the guess must raise',
  intervalBelowMinimum: 'progress: Min-Expires must raise',
  sessionIntervalBelowMinimum: 'progress: Min-SE must raise',
  sessionIntervalSent: 'progress: there is a session timer to go without',
  acceptableContentLeft: 'progress: another content',
  nothingAcceptable: 'partner of acceptableContentLeft: no content',
  bodyOmissible: 'progress: a body that can go',
  acceptCanWiden: 'progress: something more to accept',
  certificateOffered: 'progress: a key to encrypt for',
  offerCanChange: 'progress: another offer, once',
  isRemoval: 'nothing is left to remove',
  requiredTagListed: 'progress: fewer tags are required',
  supportedTagListed: 'progress: fewer tags are offered',
  unlistedTagDroppable: 'progress: the guess once',
  pathMissing: 'progress: path is offered',
  proxyTagListed: 'another proxy may know the tag',
  extensionsAddable: 'progress: more tags are offered',
  extensionsRequirable: 'progress: more tags are required',
  sentOutbound: 'progress: there is a reg-id to drop',
  sentPush: 'progress: there are push parameters to drop',
  isUnsigned: 'progress: there is no Identity yet',
  referrerMissing: 'progress: the token is added once',
  locationCorrectable: 'progress: a better location, three times at most',
  isAnonymous: 'progress: there is somebody to reveal',
  priorityChangeable: 'progress: another priority, once',
  uriCanShorten: 'progress: a shorter Request-URI',
  uriIsSips: 'only 416 asks for another scheme',
  uriConvertible: 'progress: a SIP URI',
  digitsExtendable: 'progress: more digits',
  sipsNotAllowed: 'only 480 says so',
  maxForwardsLow: 'progress: more hops, once',
  glareApplies: 'only 491 is glare',
  isInDialog: 'only 486 loses its sense inside a dialog',
  fromTimer: 'our own timeout is treated as 408',
  fromRestart: 'so is a restart',
  nothingReceived: 'RFC 3263 §4.3: only then is the copy identical',
  wasExecutedMaybe: 'only a timeout leaves that open',
};

describe('rfcPolicy', () => {
  it('has no code in two files', () => {
    const keys = [...tableFiles, globalFailure].flatMap((file) => Object.keys(file));
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it('has an entry for every registered code from 300 on', () => {
    const registered = [...statusCodes.keys()].filter((status) => status >= 300);
    const missing = registered.filter((status) => rfcPolicy.entries[String(status)] === undefined);
    // Only a REGISTER can draw a 555 (RFC 8599 §8.1).
    expect(missing).toEqual([555]);
    expect(rfcPolicy.entries['REGISTER 555']).toBeDefined();
    expect(registered.filter((status) => status < 500 && status >= 400)).toHaveLength(46);
  });

  it.each(entries.filter(([key]) => /\d{3}$/.test(key)))(
    '%s has the phrase and the RFC of the registry',
    (key, entry) => {
      const registered = statusCodes.get(Number(key.slice(-3)));
      const title = titleOf(key, entry);
      expect(title.phrase).toBe(registered?.phrase);
      if (key.length === 3) expect(title.definedIn).toBe(registered?.definedIn);
    },
  );

  it('is read under the registered phrases and sections: each stands beside its code', () => {
    const folder = new URL('../../../src/policy/table/', import.meta.url);
    const sources = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
    const titles = sources.flatMap((source) => [
      ...source.matchAll(/^ {2}'?(?:REGISTER )?(\dxx|\d{3})'?: \{\n {4}\/\/ (.*) \((.*)\)$/gm),
    ]);
    expect(titles).toHaveLength(66);
    for (const [, code = '', phrase, section] of titles) {
      expect([code, statusCodes.get(Number(code.replace('xx', '00')))]).toEqual([code, { phrase, definedIn: section }]);
    }
  });

  it('speaks for no code that is not registered', () => {
    const codes = entries.map(([key]) => Number(key.slice(-3))).filter((code) => !Number.isNaN(code));
    expect(codes.filter((code) => !statusCodes.has(code))).toEqual([]);
  });

  it.each(rules)('%s cites its source', (_id, { cite }) => {
    expect(isCitation(cite)).toBe(true);
  });

  it.each(rules.filter(([, { do: action }]) => action === 'giveUp'))('%s says why it gives up', (_id, { because }) => {
    expect(because).toBeDefined();
  });

  it('says why only where it gives up', () => {
    expect(rules.filter(([, { do: action, because }]) => action !== 'giveUp' && because !== undefined)).toEqual([]);
  });

  it('ends every entry with a row that has no condition, and no other row is like that', () => {
    for (const [key, { rules: rows }] of entries) {
      expect([key, rows.filter(({ when }) => when === undefined)]).toEqual([key, rows.slice(-1)]);
    }
  });

  it('uses every condition', () => {
    const used = new Set(rules.flatMap(([, { when }]) => when ?? []));
    expect(conditionNames.filter((name) => !used.has(name))).toEqual([]);
  });

  it('uses a condition in one entry alone only for a reason', () => {
    const users = (name: string) =>
      entries.filter(
        ([key, entry]) => !key.endsWith('xx') && entry.rules.some(({ when }) => when?.some((one) => one === name)),
      );
    const once = conditionNames.filter((name) => {
      const codes = new Set(users(name).map(([key]) => (key === '407' ? '401' : key)));
      return codes.size === 1;
    });
    expect(once.filter((name) => usedOnce[name] === undefined)).toEqual([]);
    expect(Object.keys(usedOnce).filter((name) => !once.some((one) => one === name))).toEqual([]);
  });

  it.each(entries.filter(([key]) => /^\d{3}$/.test(key)))('%s destroys what RFC 5057 §5.1 says', (key, { impact }) => {
    const code = Number(key);
    const column = destroys.dialog.includes(code) ? 'dialog' : destroys.usage.includes(code) ? 'usage' : 'transaction';
    expect(impact).toBe(column);
  });

  it('begins every entry of the usage and dialog columns with what they destroy', () => {
    // 408 may go to another server first, 483 may raise Max-Forwards: then nothing is destroyed.
    const late = entries
      .filter(([, { impact }]) => impact !== 'transaction')
      .filter(
        ([
          ,
          {
            rules: [first],
          },
        ]) => first.when?.[0] !== 'endsUsage',
      )
      .map(([key]) => key);
    expect(late).toEqual(['408', '483']);
  });

  it('tries the next target for every code of 4xx and 5xx, and for none of 6xx (RFC 3261 §8.1.3.4, §21.6)', () => {
    const without = entries.filter(([, entry]) => !entry.rules.some(({ do: action }) => action === 'tryOtherTarget'));
    expect(without.map(([key]) => key).sort()).toEqual(['2xx', '600', '603', '604', '606', '607', '608', '6xx']);
  });

  it('is described case by case', () => {
    expect(Object.keys(allCases).sort()).toEqual(Object.keys(rfcPolicy.entries).sort());
    const reached = new Set(Object.values(allCases).flatMap((list) => list.map(({ rule }) => rule)));
    const nextTarget = rules.filter(([, { do: action }]) => action === 'tryOtherTarget').map(([id]) => id);
    const silent = rules.map(([id]) => id).filter((id) => ![...reached, ...nextTarget].some((one) => one === id));
    expect(silent).toEqual([]);
  });
});
