// The page of the inspector: it opens the stream of entries and shows what comes.
import { render } from 'preact';
import { THEMED_STYLE } from '../chart/chart-style.js';
import { Inspection } from './inspection.js';
import { App } from './shell/app.js';
import { applyTheme, storedTheme } from './shell/theme.js';
import { askAbout } from './wire/ask-about.js';
import { followEntries } from './wire/entries-stream.js';
import { tokenOf } from './wire/token.js';
import './style/page.css';

const sheet = new CSSStyleSheet();
sheet.replaceSync(THEMED_STYLE);
document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
applyTheme(storedTheme());

const inspection = new Inspection(tokenOf(location.hash));
const root = document.getElementById('page');
if (root !== null) render(<App inspection={inspection} />, root);

void askAbout(inspection.token).then((title) => {
  if (title !== undefined) inspection.update({ title });
});
void followEntries(inspection.token, {
  entry: (entry) => inspection.add(entry),
  state: (stream) => inspection.update({ stream }),
  lastSeq: () => inspection.window.all.lastSeq,
});
