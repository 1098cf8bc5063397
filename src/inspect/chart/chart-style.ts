// The colours and fonts of a chart, for light and dark.

const LIGHT =
  '--paper:#fff;--ink:#1c2733;--soft:#5b6b7b;--rule:#b6c2cf;--box:#f3f7fb;--around:#fafcfe;--card:#ffffff;--line:#8193a6;--events:#0a5cad;--good:#e4f5ea;--good-rule:#3f9a63;--bad:#fdeceb;--bad-rule:#c8554d;';
const DARK =
  '--paper:#12181f;--ink:#e6edf3;--soft:#9fb0c0;--rule:#3b4a59;--box:#1c2733;--around:#161e27;--card:#12181f;--line:#6d8093;--events:#79b8ff;--good:#163323;--good-rule:#4fae76;--bad:#3a1d1c;--bad-rule:#e07b74';
const FONT = 'font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace';
const RULES = `
.chart .paper{fill:var(--paper)}
.chart .state rect{fill:var(--box);stroke:var(--rule);stroke-width:1.2}
.chart .compound>rect{fill:var(--around);stroke-dasharray:none}
.chart .final rect{fill:var(--box)}
.chart .final .inner{fill:none}
.chart .state[data-state=accepted] rect{fill:var(--good);stroke:var(--good-rule)}
.chart .state[data-state=gaveUp] rect{fill:var(--bad);stroke:var(--bad-rule)}
.chart .state .inner{fill:none!important}
.chart .name{fill:var(--ink);font-weight:600}
.chart .compound .name{fill:var(--soft)}
.chart .line{fill:none;stroke:var(--line);stroke-width:1.4}
.chart .head{fill:var(--line)}
.chart .initial circle{fill:var(--ink)}
.chart .card-box{fill:var(--card);stroke:var(--rule);stroke-width:.8}
.chart .hit{fill:transparent}
.chart .events{fill:var(--events);font-weight:600}
.chart .guard{fill:var(--soft)}
.chart .state[data-state="*"] rect{stroke-dasharray:4 3}
`.replaceAll('\n', '');

/** For a picture that stands alone: its colours follow the reader's scheme. */
export const STYLE = `.chart{${LIGHT}${FONT}}@media (prefers-color-scheme:dark){.chart{${DARK}}}${RULES}`;

/** For a page that lets its reader choose: its root says `data-theme="dark"`. */
export const THEMED_STYLE = `.chart{${LIGHT}${FONT}}[data-theme=dark] .chart{${DARK}}${RULES}`;
