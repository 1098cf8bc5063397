// Time travel: a slider over everything that is kept, play, pause, step, speed, and back to what happens now.
import { visible } from '../../../sip/visible.js';
import { momentWriter } from '../flow/moment-in-words.js';
import { SPEEDS } from '../flow/playback.js';
import type { Inspection } from '../inspection.js';
import { entryInWords } from './entry-in-words.js';

export function Timeline({ inspection, now }: { readonly inspection: Inspection; readonly now: number }) {
  const { playback, window: kept, stream } = inspection;
  const { count } = playback;
  const current = kept.all.at(count - 1);
  const write = momentWriter(kept.all.at(0)?.at ?? 0);
  // Between two entries only while it plays; what happens now is told with the moment of its entry.
  const shownAt = playback.isPlaying ? now : (current?.at ?? 0);
  const told = current === undefined ? '' : visible(entryInWords(current, kept.actors));
  const change = (act: () => void) => (): void => {
    act();
    inspection.changed();
  };
  return (
    <footer aria-label="Timeline">
      <div class="buttons" role="group" aria-label="Time">
        <button
          type="button"
          class="icon"
          aria-label="Back to the start"
          title="Back to the start"
          onClick={change(() => playback.step(-Infinity))}
        >
          ⏮
        </button>
        <button
          type="button"
          class="icon"
          aria-label="One step back"
          title="One step back"
          onClick={change(() => playback.step(-1))}
        >
          ◂
        </button>
        <button
          type="button"
          class="icon play"
          aria-label={playback.isPlaying ? 'Pause' : 'Play'}
          title={playback.isPlaying ? 'Pause' : 'Play'}
          onClick={change(() => (playback.isPlaying ? playback.pause() : playback.play(performance.now())))}
        >
          {playback.isPlaying ? '❚❚' : '▶'}
        </button>
        <button
          type="button"
          class="icon"
          aria-label="One step forward"
          title="One step forward"
          onClick={change(() => playback.step(1))}
        >
          ▸
        </button>
        <button
          type="button"
          class={`live ${stream}`}
          aria-pressed={playback.isLive}
          title={STREAMS[stream]}
          onClick={change(() => playback.goLive())}
        >
          <span class="dot" aria-hidden="true" />
          {NAMES[stream]}
        </button>
      </div>
      <label class="speed">
        <span class="visually-hidden">Speed</span>
        <select
          value={String(playback.speed)}
          onChange={(event) => {
            playback.speed = Number(event.currentTarget.value);
          }}
        >
          {SPEEDS.map((speed) => (
            <option key={speed} value={String(speed)}>
              {speed}×
            </option>
          ))}
        </select>
      </label>
      <div class="track">
        <input
          type="range"
          min={1}
          max={Math.max(kept.all.length, 1)}
          value={count}
          aria-label="Moment"
          aria-valuetext={`${write(shownAt)} s, ${told}`}
          onInput={(event) => {
            playback.isPlaying = false;
            playback.goTo(Number(event.currentTarget.value));
            inspection.changed();
          }}
        />
        <p class="now">
          <time>{write(shownAt)} s</time> <span class="what">{told}</span>
          <span class="count">
            {count.toLocaleString('en')} / {kept.all.length.toLocaleString('en')}
          </span>
        </p>
      </div>
    </footer>
  );
}

const NAMES = { connecting: 'Live', open: 'Live', lost: 'Lost', refused: 'Refused' } as const;

const STREAMS = {
  connecting: 'Connecting',
  open: 'Show what happens now',
  lost: 'The inspector does not answer; trying again',
  refused: 'The token was refused',
} as const;
