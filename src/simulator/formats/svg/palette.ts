// The colours of a picture, on light and on dark ground; every text has a contrast of at least 4.5:1 to what is behind it.
import type { Tone } from '../ladder/ladder-row.js';

export interface Palette {
  readonly ground: string;
  readonly panel: string;
  readonly ink: string;
  /** Times, addresses, header fields. */
  readonly faint: string;
  readonly lane: string;
  readonly arrow: string;
  readonly lost: string;
  readonly tones: { readonly [K in Tone]: { readonly ink: string; readonly fill: string } };
}

export const lightPalette: Palette = {
  ground: '#ffffff',
  panel: '#f3f5f8',
  ink: '#16202e',
  faint: '#556173',
  lane: '#c3cad5',
  arrow: '#2b3a50',
  lost: '#b42318',
  tones: {
    correct: { ink: '#0b5394', fill: '#e8f2fc' },
    wait: { ink: '#7a4b00', fill: '#fdf3dc' },
    elsewhere: { ink: '#6b2fa0', fill: '#f4ecfb' },
    accepted: { ink: '#1a6334', fill: '#e6f5ea' },
    gaveUp: { ink: '#a61b12', fill: '#fdecea' },
    cancelled: { ink: '#4a5568', fill: '#eef0f3' },
  },
};

export const darkPalette: Palette = {
  ground: '#12171f',
  panel: '#1c2430',
  ink: '#e8edf4',
  faint: '#a3b0c2',
  lane: '#465164',
  arrow: '#c6d2e2',
  lost: '#ff9a8f',
  tones: {
    correct: { ink: '#8cc4ff', fill: '#16293d' },
    wait: { ink: '#f2c464', fill: '#33290f' },
    elsewhere: { ink: '#d3acf7', fill: '#2b1e3a' },
    accepted: { ink: '#86dba0', fill: '#132d1c' },
    gaveUp: { ink: '#ff9a8f', fill: '#391a18' },
    cancelled: { ink: '#c3ccd8', fill: '#262e3a' },
  },
};
