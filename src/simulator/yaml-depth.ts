// How deep YAML is nested, counted before it is parsed: a parser that goes down every bracket of a megabyte takes seconds to refuse it.
import { CST, Lexer } from 'yaml';

/** Far deeper than anything that is written here, and than what the parser can take. */
const MOST_LEVELS = 1_000;

/** Where a text goes deeper than that; `undefined` when it does not. */
export function tooDeepAt(text: string): number | undefined {
  return mayBeDeep(text) ? deepIn(text) : undefined;
}

/** Most texts have too few brackets to be deep, wherever these stand; only of the others the tokens are looked at. */
function mayBeDeep(text: string): boolean {
  let brackets = 0;
  let inLine = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '[' || char === '{') brackets += 1;
    else if (char === '\n') inLine = 0;
    else if (char === '-' || char === '?') inLine += 1;
    if (brackets + inLine > MOST_LEVELS) return true;
  }
  return false;
}

function deepIn(text: string): number | undefined {
  let flow = 0;
  let inLine = 0;
  let at = 0;
  for (const token of new Lexer().lex(text)) {
    switch (CST.tokenType(token)) {
      case 'flow-map-start':
      case 'flow-seq-start':
        flow += 1;
        break;
      case 'flow-map-end':
      case 'flow-seq-end':
        flow -= 1;
        break;
      // `- - -` and `? ? ?`: lists and maps that begin in one line.
      case 'seq-item-ind':
      case 'explicit-key-ind':
        inLine += 1;
        break;
      case 'newline':
        inLine = 0;
        break;
      // What marks a scalar, a document or an error stands for nothing in the text.
      case 'scalar':
      case 'doc-mode':
      case 'flow-error-end':
        continue;
      default:
    }
    if (flow + inLine > MOST_LEVELS) return at;
    at += token.length;
  }
  return undefined;
}
