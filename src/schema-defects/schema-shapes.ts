// Which members a schema knows at a place: for the sentence about one that it does not know.
import { z } from 'zod';
import { memberAt, memberOf, type MemberPath } from './member-path.js';

export class SchemaShapes {
  readonly #schema: z.ZodType;
  #whole: unknown;

  constructor(schema: z.ZodType) {
    this.#schema = schema;
  }

  /** The names of the members at a path; of a choice by type, those of the one that was chosen in the value. */
  namesAt(path: MemberPath, value: unknown): readonly string[] {
    const names = this.#shapesAt(path, value).flatMap((shape) => Object.keys(memberOf(shape, 'properties') ?? {}));
    return [...new Set(names)];
  }

  /** The members that stand there and are of no form that has this one. */
  rivalsAt(path: MemberPath, value: unknown, name: string): readonly string[] {
    const forms = this.#shapesAt(path, value).map((shape) => Object.keys(memberOf(shape, 'properties') ?? {}));
    const form = forms.find((names) => names.includes(name)) ?? [];
    const others = new Set(forms.flat().filter((other) => !form.includes(other)));
    return [...others].filter((other) => memberOf(memberAt(value, path), other) !== undefined);
  }

  /** The types that a choice by type has, where `path` is that of the type. */
  typesAt(path: MemberPath): readonly string[] {
    return this.#shapesAt(path.slice(0, -1), undefined).map((shape) => String(typeOf(shape)));
  }

  #shapesAt(path: MemberPath, value: unknown): readonly unknown[] {
    // As JSON Schema, because that can be walked; made once, when something is wrong for the first time.
    this.#whole ??= z.toJSONSchema(this.#schema, { io: 'input', unrepresentable: 'any' });
    let shapes: readonly unknown[] = [this.#whole];
    let present = value;
    for (const step of path) {
      present = memberOf(present, step);
      shapes = shapes.flatMap((shape) => this.#alternatives(memberShape(shape, step), present));
    }
    return shapes;
  }

  #alternatives(shape: unknown, present: unknown): readonly unknown[] {
    if (shape === undefined || typeof shape === 'boolean') return [];
    const reference = memberOf(shape, '$ref');
    if (typeof reference === 'string') {
      return this.#alternatives(memberOf(memberOf(this.#whole, '$defs'), reference.replace('#/$defs/', '')), present);
    }
    const choices = memberOf(shape, 'anyOf') ?? memberOf(shape, 'oneOf');
    if (!Array.isArray(choices)) return [shape];
    const type = memberOf(present, 'type');
    const chosen = choices.filter((choice) => {
      const constant = typeOf(choice);
      return constant === undefined || type === undefined || constant === type;
    });
    return chosen.flatMap((choice) => this.#alternatives(choice, present));
  }
}

function memberShape(shape: unknown, step: string | number): unknown {
  if (typeof step === 'number') return memberOf(shape, 'items');
  return memberOf(memberOf(shape, 'properties'), step) ?? memberOf(shape, 'additionalProperties');
}

/** The one value that `type` may have in a shape. */
function typeOf(shape: unknown): unknown {
  return memberOf(memberOf(memberOf(shape, 'properties'), 'type'), 'const');
}
