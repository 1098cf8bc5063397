// YAML (or JSON, which is YAML) with the lines of its members: what is wrong in a value can be told by the line where it stands.
import { LineCounter, parseDocument, type Document } from 'yaml';
import type { MemberPath } from '../schema-defects/member-path.js';
import { tooDeepAt } from './yaml-depth.js';

/** A text that was read, or the line where it cannot be. */
export type ReadYaml =
  | {
      readonly kind: 'value';
      readonly value: unknown;
      /** The line of the key at the path, or of the innermost member around the place where it is missing; from 1. */
      readonly lineOf: (path: MemberPath) => number;
    }
  | { readonly kind: 'defect'; readonly line: number; readonly found: string };

/** Total: whatever the text is, it never throws. */
export function readYaml(text: string): ReadYaml {
  const noText = NO_TEXT.exec(text);
  if (noText !== null) {
    const before = text.slice(0, noText.index).split('\n');
    return { kind: 'defect', line: before.length, found: 'it is no text' };
  }
  const tooDeep = tooDeepAt(text);
  if (tooDeep !== undefined) {
    return { kind: 'defect', line: text.slice(0, tooDeep).split('\n').length, found: TOO_DEEP };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const [unreadable] = document.errors;
  if (unreadable !== undefined) {
    const { line } = lines.linePos(unreadable.pos[0]);
    // The parser goes down one call a level.
    if (unreadable.code === 'RESOURCE_EXHAUSTION') return { kind: 'defect', line, found: TOO_DEEP };
    const [why = ''] = unreadable.message.split('\n', 1);
    return { kind: 'defect', line, found: `it cannot be read: ${why}` };
  }
  if (document.contents === null) return { kind: 'defect', line: 1, found: 'there is nothing in it' };
  const value = valueOf(document);
  if (value === undefined) return { kind: 'defect', line: 1, found: 'aliases without end' };
  return { kind: 'value', value, lineOf: (path) => lineAt(document, lines, path) };
}

const TOO_DEEP = 'it is nested too deeply';

/** What YAML allows in no document (YAML 1.2.2 §5.1). */
const NO_TEXT = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** `undefined` where aliases would make more of the text than anybody has written. */
function valueOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch {
    return undefined;
  }
}

function lineAt(document: Document.Parsed, lines: LineCounter, path: MemberPath): number {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return 1;
}

/** Where a member begins: the key of a map, the item of a list. */
function offsetOf(document: Document.Parsed, path: MemberPath): number | undefined {
  const step = path.at(-1);
  const around: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (typeof around !== 'object' || around === null || !('items' in around) || !Array.isArray(around.items)) {
    return undefined;
  }
  const items: readonly unknown[] = around.items;
  if (typeof step === 'number') return startOf(items[step]);
  for (const item of items) {
    const key: unknown = typeof item === 'object' && item !== null && 'key' in item ? item.key : undefined;
    const name: unknown = typeof key === 'object' && key !== null && 'value' in key ? key.value : undefined;
    if (String(name) === step) return startOf(key);
  }
  return undefined;
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const range: readonly unknown[] = node.range;
  const [start] = range;
  return typeof start === 'number' ? start : undefined;
}
