// What the page keeps of a flow.
import { describe, expect, it } from 'vitest';
import type { InspectorEntry } from '../../../../src/inspect/inspector-entry.js';
import { EntryWindow } from '../../../../src/inspect/page/flow/entry-window.js';
import { MomentReader } from '../../../../src/inspect/page/flow/moment.js';
import { Playback } from '../../../../src/inspect/page/flow/playback.js';

const actor = (seq: number, name = 'a'): InspectorEntry => ({
  type: 'actor',
  seq,
  at: seq,
  actor: name,
  name,
  chart: 'retry',
  states: ['pending'],
});
const step = (
  seq: number,
  states: readonly string[],
  edges: readonly string[] = [`edge ${seq}`],
  name = 'a',
): InspectorEntry => {
  return { type: 'step', seq, at: seq, actor: name, event: 'event', edges, states };
};

describe('the window of entries', () => {
  it('keeps the last entries, and of those before them where each actor was', () => {
    const window = new EntryWindow(100);
    window.add(actor(0));
    for (let seq = 1; seq <= 1_000; seq += 1) window.add(step(seq, [`state ${seq}`]));
    expect(window.all.length).toBeLessThanOrEqual(110);
    expect(window.summarised + window.all.length).toBe(1_001);
    const moment = new MomentReader(window).read('a', 1);
    expect(moment.states).toEqual([`state ${window.summarised}`]);
    expect(moment.taken.size).toBe(window.summarised);
    expect(moment.chart).toBe('retry');
  });

  it('brings entries into order that come out of it, and takes each once', () => {
    const window = new EntryWindow();
    for (const seq of [0, 5, 3, 4, 5, 2.5, 3, 2.5]) window.add(seq === 0 ? actor(0) : step(seq, [`state ${seq}`]));
    expect(window.all.slice(0, 9).map(({ seq }) => seq)).toEqual([0, 2.5, 3, 4, 5]);
    expect(new MomentReader(window).read('a', 5).states).toEqual(['state 5']);
  });

  it('bounds actors and lanes', () => {
    const window = new EntryWindow(100);
    for (let seq = 0; seq < 5_000; seq += 1) {
      window.add(actor(2 * seq, `actor ${seq}`));
      window.add({
        type: 'message',
        seq: 2 * seq + 1,
        at: seq,
        from: `host ${seq}`,
        to: 'uac',
        summary: '',
        text: '',
        lost: false,
      });
    }
    expect(window.actors.size).toBeLessThanOrEqual(1_000);
    expect(window.lanes.length).toBeLessThanOrEqual(8);
  });
});

describe('an actor that is looked at', () => {
  it('is kept, however many others come after it', () => {
    const window = new EntryWindow(100);
    window.add(actor(0, 'watched'));
    window.watched = 'watched';
    for (let seq = 1; seq < 3_000; seq += 1) window.add(actor(seq, `actor ${seq}`));
    expect(window.actors.size).toBe(1_000);
    expect([...window.actors.keys()].slice(0, 2)).toEqual(['watched', 'actor 2001']);
    expect(window.before('watched').chart).toBe('retry');
  });
});

describe('the moment of an actor', () => {
  it('is the same whether it is read on from the last one or anew', () => {
    const window = new EntryWindow();
    window.add(actor(0));
    for (let seq = 1; seq < 50; seq += 1) window.add(step(seq, [`state ${seq % 7}`]));
    const going = new MomentReader(window);
    for (const count of [1, 5, 20, 3, 50, 49]) {
      const [moment, anew] = [going.read('a', count), new MomentReader(window).read('a', count)];
      expect(moment).toEqual(anew);
    }
  });

  it('forgets a timer when its state is left, and keeps one that was set on entering', () => {
    const window = new EntryWindow();
    window.add(actor(0));
    window.add({ type: 'timer', seq: 1, at: 5, actor: 'a', name: 'policy', until: 100 });
    window.add({ ...step(2, ['waiting']), at: 5 } as InspectorEntry);
    const reader = new MomentReader(window);
    expect(reader.read('a', 3).timers).toHaveLength(1);
    window.add({ ...step(3, ['pending']), at: 50 } as InspectorEntry);
    expect(reader.read('a', 4).timers).toHaveLength(0);
  });

  it('stays as it was when an event changed nothing', () => {
    const window = new EntryWindow();
    window.add(actor(0));
    window.add(step(1, ['pending'], []));
    expect(new MomentReader(window).read('a', 2).step).toBeUndefined();
  });
});

describe('playback', () => {
  it('follows what comes until a moment is chosen, and again when asked', () => {
    const window = new EntryWindow();
    const playback = new Playback(window);
    for (let seq = 0; seq < 5; seq += 1) window.add(actor(seq));
    expect(playback.count).toBe(5);
    playback.goTo(2);
    window.add(actor(5));
    expect([playback.count, playback.isLive]).toEqual([2, false]);
    playback.step(-10);
    expect(playback.count).toBe(1);
    playback.goLive();
    expect([playback.count, playback.isLive]).toEqual([6, true]);
  });

  it('plays at the pace of the flow within bounds, and stops at the end', () => {
    const window = new EntryWindow();
    const playback = new Playback(window);
    for (const [seq, at] of [0, 1_000, 60_000].entries()) window.add({ ...actor(seq), at } as InspectorEntry);
    playback.play(0);
    expect(playback.count).toBe(1);
    playback.advance(999);
    expect(playback.count).toBe(1);
    expect(playback.momentAt(500)).toBe(500);
    playback.advance(1_000);
    expect(playback.count).toBe(2);
    playback.advance(2_999);
    expect(playback.count).toBe(2);
    playback.advance(3_000);
    expect([playback.count, playback.isPlaying]).toEqual([3, false]);
  });

  it('plays faster or slower at the speed that was chosen', () => {
    for (const [speed, length] of [
      [0.5, 2_000],
      [1, 1_000],
      [5, 200],
    ] as const) {
      const window = new EntryWindow();
      const playback = new Playback(window);
      for (const [seq, at] of [0, 1_000, 2_000].entries()) window.add({ ...actor(seq), at } as InspectorEntry);
      playback.speed = speed;
      playback.play(0);
      playback.advance(length - 1);
      expect(playback.count).toBe(1);
      playback.advance(length);
      expect(playback.count).toBe(2);
    }
  });

  it('keeps its moment when earlier entries are summarised', () => {
    const window = new EntryWindow(100);
    const playback = new Playback(window);
    for (let seq = 0; seq < 50; seq += 1) window.add(actor(seq));
    playback.goTo(50);
    for (let seq = 50; seq < 120; seq += 1) window.add(actor(seq));
    expect(window.all.at(playback.count - 1)?.seq).toBe(49);
    for (let seq = 120; seq < 1_000; seq += 1) window.add(actor(seq));
    expect(playback.count).toBe(1);
  });
});
