// Whether a step can fare better than the last request.
import { describe, expect, it } from 'vitest';
import { actionCosts, type ActionType } from '../../src/policy/action.js';
import { didProgress, type Step } from '../../src/request/progress.js';
import { invite } from './messages.js';

const types = Object.keys(actionCosts) as readonly ActionType[];
const nothing: Step = { next: invite(), changes: [], isAnswered: false };
const changed = (what: string, before = ['xx'], after = ['x']): Step => ({
  ...nothing,
  changes: [{ what, before, after }],
});
const progressing = (step: Step): readonly ActionType[] =>
  types.filter((type) => actionCosts[type] === 'free' && didProgress(type, step));

describe('didProgress', () => {
  it('is always true for what is no correction, and never for an end', () => {
    const always = types.filter((type) => actionCosts[type] === 'budgeted');
    expect(always.every((type) => didProgress(type, nothing))).toBe(true);
    expect(['accept', 'giveUp'].some((type) => didProgress(type as ActionType, changed('Body')))).toBe(false);
  });

  it('needs a correction in the place that the response complained about (RFC 3261 §21.4)', () => {
    expect(progressing(nothing)).toEqual([]);
    expect(progressing({ ...nothing, isAnswered: true })).toEqual(['authenticate']);
    for (const what of ['Via', 'CSeq', 'Call-ID', 'To', 'Content-Length', 'Authorization', 'Subject']) {
      expect(progressing(changed(what))).toEqual([]);
    }
  });

  it.each([
    ['Request-URI', ['changeUri', 'extendDigits', 'chooseTarget']],
    ['Security-Verify', ['agreeSecurity']],
    ['Expires', ['raiseInterval']],
    ['Contact', ['raiseInterval', 'dropExtensions']],
    ['Session-Expires', ['raiseInterval', 'dropExtensions']],
    ['Min-SE', ['raiseInterval', 'dropExtensions']],
    ['Require', ['dropExtensions', 'addExtensions']],
    ['Proxy-Require', ['dropExtensions']],
    ['Supported', ['dropExtensions', 'addExtensions']],
    ['Accept', ['changeContent']],
    ['Content-Type', ['changeContent']],
    ['Content-Encoding', ['changeContent']],
    ['Content-Language', ['changeContent']],
    ['Content-Disposition', ['changeContent']],
    ['Body', ['shrinkBody', 'changeContent', 'changeOffer', 'changeLocation']],
    ['Identity', ['addIdentity']],
    ['Referred-By', ['addReferredBy']],
    ['Geolocation', ['changeLocation']],
    ['Resource-Priority', ['changePriority']],
    ['Max-Forwards', ['raiseMaxForwards']],
    ['SIP-If-Match', ['republish']],
    ['Privacy', ['revealIdentity']],
    ['From', ['revealIdentity']],
  ])('a change of %s is progress for %j', (what, expected) => {
    expect([...progressing(changed(what))].sort()).toEqual([...expected].sort());
  });

  it('takes no body for smaller that is as long in octets', () => {
    const shrunk = (before: string, after: string) => didProgress('shrinkBody', changed('Body', [before], [after]));
    expect(shrunk('aaa', 'üü')).toBe(false);
    expect(shrunk('aaaa', 'üü')).toBe(false);
    expect(shrunk('aaaaa', 'üü')).toBe(true);
    expect(didProgress('shrinkBody', changed('Content-Type', ['aaaaa'], ['a']))).toBe(false);
  });
});
