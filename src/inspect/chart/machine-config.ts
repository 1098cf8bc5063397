// Reading a machine's configuration without trusting it: it may come from another program.

export interface ConfigObject {
  readonly [key: string]: unknown;
}

/** An object that is no list; undefined for everything else. */
export function configOf(value: unknown): ConfigObject | undefined {
  return isObject(value) ? value : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A list of what may stand alone. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is ConfigObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
