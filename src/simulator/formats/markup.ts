// Text from anywhere inside XML and HTML: nothing in it can be read as markup, nothing in it turns the writing direction.
import { visible } from '../../sip/visible.js';

/** One line of text for an element or an attribute. */
export function escapeLine(text: string): string {
  return escapeMarkup(visible(text));
}

/** Text of several lines: line ends and tabs stay what they are. */
export function escapeLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.split('\t').map(escapeLine).join('\t'))
    .join('\n');
}

function escapeMarkup(text: string): string {
  return text.replace(UNSAFE, (character) => ENTITIES[character] ?? `\\u${character.charCodeAt(0).toString(16)}`);
}

// U+FFFE and U+FFFF are no characters of XML 1.0 (§2.2).
const UNSAFE = /[&<>"'`\uFFFE\uFFFF]/g;

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};
