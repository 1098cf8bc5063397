// The style sheet of the page: light and dark by what the reader prefers, light on paper.
import { darkPalette, lightPalette, type Palette } from '../svg/palette.js';
import { families } from '../svg/font.js';
import { pictureColours, pictureStyle } from '../svg/picture-style.js';

/** @param width of the picture, in CSS pixels. */
export function pageStyle(width: number): string {
  const { ink, ground, panel, faint, lane } = lightPalette;
  return `:root{color-scheme:light dark;--ink:${ink};--ground:${ground};--panel:${panel};--faint:${faint};--rule:${lane};--focus:#0b5fff}
@media screen and (prefers-color-scheme:dark){:root{--ink:${darkPalette.ink};--ground:${darkPalette.ground};--panel:${darkPalette.panel};--faint:${darkPalette.faint};--rule:${darkPalette.lane};--focus:#8cc4ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 ${families.sans}}
header,main,footer{max-width:${width + 48}px;margin:0 auto;padding:0 24px}
h1{font-size:22px;line-height:1.3;margin:28px 0 4px;overflow-wrap:anywhere}
.facts{color:var(--faint);margin:0 0 12px}
.outcomes{list-style:none;margin:0 0 16px;padding:0}
.outcomes li{display:inline-block;margin:0 8px 8px 0;padding:3px 12px;border:1px solid;border-radius:14px;font-weight:600;overflow-wrap:anywhere}
.tools{position:sticky;top:0;z-index:2;background:var(--ground);border-bottom:1px solid var(--rule)}
.tools>div{max-width:${width + 48}px;margin:0 auto;padding:10px 24px;display:flex;flex-wrap:wrap;gap:10px 16px;align-items:center}
input,select,button{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--faint);border-radius:6px;padding:4px 10px}
input{width:260px;max-width:100%}
button{cursor:pointer}
:focus-visible{outline:3px solid var(--focus);outline-offset:1px}
#found{color:var(--faint)}
.hint{color:var(--faint);margin:12px 0}
.ladder{overflow-x:auto}
.rows{min-width:${Math.min(width, 700)}px;width:${width}px;max-width:100%}
.rows svg{display:block;width:100%;height:auto}
ol{list-style:none;margin:0;padding:0}
summary{list-style:none;cursor:pointer;border-radius:6px}
summary::-webkit-details-marker{display:none}
summary:hover{background:var(--panel)}
summary:hover .halo{stroke:var(--panel)}
.more{margin:0 24px 14px 12%;padding:12px 16px;border:1px solid var(--rule);border-radius:8px;background:var(--panel)}
.more h2{font-size:14px;margin:0 0 8px}
.more p,.more ul{margin:0 0 6px}
.more ul{padding:0;list-style:none}
pre{margin:0;font:12.5px/1.5 ${families.mono};white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext}
.off{opacity:.22}
.hit>details>summary,.hit>.row{background:#ffe27a33;box-shadow:-4px 0 0 #d79b00}
[hidden]{display:none}
.hide{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
footer{color:var(--faint);padding-bottom:40px}
footer svg{display:block;width:${width}px;max-width:100%;height:auto}
${pictureStyle(lightPalette)}
${outcomeColours(lightPalette)}
@media screen and (prefers-color-scheme:dark){
${pictureColours(darkPalette)}
${outcomeColours(darkPalette)}
}
@media print{
@page{margin:14mm}
.tools,.hint{display:none}
header,main,footer{max-width:none;padding:0}
.ladder{overflow:visible}
.rows{min-width:0}
li,details,.more{break-inside:avoid}
.more.long{break-inside:auto}
.off{opacity:1}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}`;
}

function outcomeColours({ tones }: Palette): string {
  const colours = (name: string, { ink, fill }: Palette['tones']['wait']): string =>
    `.outcome-${name}{color:${ink};background:${fill}}`;
  return [
    colours('accepted', tones.accepted),
    colours('gaveUp', tones.gaveUp),
    colours('cancelled', tones.cancelled),
    colours('unfinished', tones.cancelled),
  ].join('\n');
}
