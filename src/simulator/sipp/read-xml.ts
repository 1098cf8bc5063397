// Reads XML as SIPp does: leniently, without DTD, without entities of its own, with the line of each element.
import { SaxesParser } from 'saxes';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its CDATA sections and text, in order. */
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** Where its start tag ends, counted from 1. */
  readonly line: number;
}

/** A place where the text is no well-formed XML; it was read all the same. */
export interface XmlFlaw {
  readonly line: number;
  readonly what: string;
}

/** The elements of the text, and what is wrong with it. Total: whatever the text is, it never throws. */
export function readXml(text: string): { readonly root: XmlElement | undefined; readonly flaws: readonly XmlFlaw[] } {
  const flaws: XmlFlaw[] = [];
  const open: OpenElement[] = [];
  let root: OpenElement | undefined;
  const parser = new SaxesParser();
  parser.on('error', ({ message }) => {
    const [, line = '1', what = message] = /^(\d+):\d+: (.*)$/s.exec(message) ?? [];
    // What is wrong inside a comment, "--" above all, changes nothing.
    if (what !== 'malformed comment.') flaws.push({ line: Number(line), what });
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: OpenElement = { name, attributes, text: '', children: [], line: parser.line };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const add = (content: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += content;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(withEscapedAttributes(text)).close();
  return { root, flaws };
}

/** SIPp takes `<` in an attribute as it stands: `regexp="<sip:(.*)>"`. */
function withEscapedAttributes(text: string): string {
  return text.replace(/<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[A-Za-z_][^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)+>/gs, (part) =>
    part.startsWith('<!') ? part : `<${part.slice(1).replaceAll('<', '&lt;')}`,
  );
}

interface OpenElement extends XmlElement {
  text: string;
  readonly children: OpenElement[];
}
