// Where something stands in a JSON text: the line of a syntax error, the line of the member at a path.
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { MemberPath } from '../schema-defects/member-path.js';

/** A JSON text that was read, or the place where it is none. */
export type ReadJson =
  | { readonly kind: 'json'; readonly value: unknown; lineOf(path: MemberPath): number }
  | { readonly kind: 'defect'; readonly line: number; readonly found: string };

/** Reads strict JSON (RFC 8259): no comments, no trailing commas. */
export function readJson(text: string): ReadJson {
  const errors: ParseError[] = [];
  let tree: Node | undefined;
  try {
    tree = parseTree(text, errors, { disallowComments: true });
  } catch {
    // The parser goes down one call a level.
    return { kind: 'defect', line: 1, found: 'it is nested too deeply' };
  }
  const [first] = errors;
  if (first !== undefined || tree === undefined) {
    const found =
      first === undefined
        ? 'there is nothing in it'
        : (SYNTAX[printParseErrorCode(first.error)] ?? 'it is no JSON here');
    return { kind: 'defect', line: lineAt(text, first?.offset ?? 0), found };
  }
  const root = tree;
  return {
    kind: 'json',
    value: JSON.parse(text) as unknown,
    lineOf: (path) => lineAt(text, deepest(root, path).offset),
  };
}

const SYNTAX: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a member without a name in double quotes',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'there is more behind the end',
  InvalidCommentToken: 'a comment',
  UnexpectedEndOfString: 'a text without its closing quote',
};

/** The member at the path, or the innermost one around the place where it is missing. */
function deepest(root: Node, path: MemberPath): Node {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    // The name stands before its value, and a long value may begin lines below.
    if (node !== undefined) return node.parent?.type === 'property' ? node.parent : node;
  }
  return root;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
