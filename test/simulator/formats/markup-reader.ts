// Reads markup strictly enough to notice whatever got out of its place: every tag known, closed and in order.

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Text directly in it and in what it holds, entities resolved. */
  text: string;
  readonly parent: Element | undefined;
}

const VOID = new Set(['meta', 'input', 'rect', 'line', 'path']);
/** Their content is no markup. */
const RAW = new Set(['script', 'style']);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#96': '`' };

/** All elements in order; throws where the markup is not well-formed. */
export function readMarkup(markup: string): readonly Element[] {
  const elements: Element[] = [];
  let open: Element | undefined;
  let at = markup.startsWith('<!doctype html>') ? 15 : 0;
  while (at < markup.length) {
    const next = markup.indexOf('<', at);
    const text = markup.slice(at, next === -1 ? undefined : next);
    for (let element = open; element !== undefined; element = element.parent) element.text += resolved(text);
    if (next === -1) break;
    const tag = /^<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*?)?)(\/?)>/i.exec(markup.slice(next));
    if (tag === null) throw new Error(`no tag: ${markup.slice(next, next + 60)}`);
    const [whole, close, name = '', attributes = '', selfClosed] = tag;
    at = next + whole.length;
    if (close === '/') {
      if (open?.name !== name) throw new Error(`</${name}> closes <${open?.name ?? ''}>`);
      open = open.parent;
      continue;
    }
    const element: Element = { name, attributes: readAttributes(attributes), text: '', parent: open };
    elements.push(element);
    if (selfClosed === '/' || VOID.has(name)) continue;
    if (RAW.has(name)) {
      const end = markup.indexOf(`</${name}>`, at);
      if (end === -1) throw new Error(`<${name}> is not closed`);
      element.text = markup.slice(at, end);
      at = end + name.length + 3;
    } else open = element;
  }
  if (open !== undefined) throw new Error(`<${open.name}> is not closed`);
  return elements;
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const rest = text.replace(/\s([a-z][a-z0-9-]*)(?:="([^"]*)")?/gi, (_, name: string, value = '') => {
    found.set(name, resolved(String(value)));
    return '';
  });
  if (rest.trim() !== '') throw new Error(`no attributes: ${text}`);
  return found;
}

function resolved(text: string): string {
  return text.replace(/&(?:(amp|lt|gt|quot|#39|#96);)?/g, (whole, name: string | undefined) => {
    if (name === undefined) throw new Error(`a bare & in ${text.slice(0, 60)}`);
    return ENTITIES[name] ?? whole;
  });
}
