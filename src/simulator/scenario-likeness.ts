// Whether a text is meant to be a scenario: a folder holds other YAML and JSON, too.
import { memberOf } from '../schema-defects/member-path.js';
import { readYaml } from './read-yaml.js';

/**
 * Whether somebody meant this as a scenario, right or wrong: it has requests, or two other members that tell a scenario
 * from a description of an API, of containers or of a package, or `$schema` says so.
 */
export function isMeantAsScenario(text: string): boolean {
  // Reading a large file that has none of these words would take long.
  if (!text.includes(SCHEMA) && !isTold((name) => text.includes(name))) return false;
  const read = readYaml(text);
  if (read.kind === 'defect') return isTold((name) => keyPattern(name).test(text));
  return (
    String(memberOf(read.value, '$schema')).endsWith(SCHEMA) ||
    isTold((name) => memberOf(read.value, name) !== undefined)
  );
}

const SCHEMA = 'scenario.schema.json';

function isTold(has: (member: string) => boolean): boolean {
  return has('requests') || ['servers', 'uac', 'expect'].filter(has).length >= 2;
}

/** A member at the top of a text that cannot be read: at the beginning of a line, or after a brace. */
function keyPattern(name: string): RegExp {
  return new RegExp(`^(?:\\{\\s*|[ \\t]{1,4}(?="))?["']?${name}["']?\\s*:`, 'm');
}
