// The JSON Schemas of the package (draft 2020-12): what a policy and a configuration may be, for editors and validators.
import prettier from 'prettier';
import { z } from 'zod';
import { configSchema } from '../src/cli/config-schema.js';
import { fleetSchema } from '../src/cli/fleet/fleet-schema.js';
import { actionLabels } from '../src/policy/action-label.js';
import { CITATION_PATTERN } from '../src/policy/citation.js';
import { conditionSentences } from '../src/policy/condition-sentence.js';
import { fallbackKeys } from '../src/policy/entry-key.js';
import { giveUpReasons } from '../src/policy/reason.js';
import { giveUpSentences } from '../src/policy/reason-sentence.js';
import { actionTypes, conditionNames, impacts } from '../src/policy/vocabulary.js';
import { conditionNames as requestConditions } from '../src/simulator/schema/condition.js';
import { scenarioSchema } from '../src/simulator/schema/scenario.js';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/** The text of every schema by the name of its file, formatted as this project formats JSON. */
export async function schemaTexts(): Promise<ReadonlyMap<string, string>> {
  const format = (schema: unknown): Promise<string> =>
    prettier.format(JSON.stringify(schema), { parser: 'json', printWidth: 120 });
  return new Map([
    ['policy.schema.json', await format(policySchema())],
    ['config.schema.json', await format(configJsonSchema())],
    ['fleet.schema.json', await format(fleetJsonSchema())],
    ['scenario.schema.json', await format(scenarioJsonSchema())],
  ]);
}

/** The configuration, as the command line reads it; its policy is the other schema. */
function configJsonSchema(): unknown {
  const { $schema, ...rest } = z.toJSONSchema(configSchema, {
    io: 'input',
    override: ({ jsonSchema, path }) => {
      if (path.join('/') === 'properties/policy') jsonSchema.$ref = 'policy.schema.json';
    },
  });
  return {
    $schema,
    $id: 'config.schema.json',
    title: 'Configuration of sip-retry',
    description: 'What `sip-retry decide --config` reads. Times are milliseconds unless a name says seconds.',
    ...rest,
  };
}

/** A scenario of the simulator; its policy and limits are those of the other schemas. */
function scenarioJsonSchema(): unknown {
  const { $schema, ...rest } = z.toJSONSchema(scenarioSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema, path }) => {
      const place = path.join('/');
      if (place === 'properties/uac/properties/policy') jsonSchema.$ref = 'policy.schema.json';
      if (place === 'properties/uac/properties/limits') {
        delete jsonSchema.additionalProperties;
        delete jsonSchema.propertyNames;
        jsonSchema.$ref = 'config.schema.json#/properties/limits';
      }
      // A condition names any header field, beginning with a capital.
      if (isConditionSchema(jsonSchema)) {
        jsonSchema.patternProperties = { '^[A-Z]': jsonSchema.additionalProperties ?? {} };
        jsonSchema.additionalProperties = false;
      }
    },
  });
  return withPlainReferences({
    $schema,
    $id: 'scenario.schema.json',
    title: 'Scenario of sip-retry',
    description:
      'What `sip-retry simulate` reads, as YAML or JSON. A duration is milliseconds, or a text such as "1.5 s".',
    ...rest,
  });
}

/** zod repeats `additionalProperties` beside the reference to where it stands already. */
function withPlainReferences(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withPlainReferences);
  if (typeof schema !== 'object' || schema === null) return schema;
  const members = Object.entries(schema).filter(([name]) => name !== 'additionalProperties' || !('$ref' in schema));
  return Object.fromEntries(members.map(([name, member]) => [name, withPlainReferences(member)]));
}

function isConditionSchema({ properties = {} }: { readonly properties?: object }): boolean {
  return requestConditions.every((name) => name in properties);
}

/** A fleet, as `sip-retry fleet` reads it; its policies are the policy's schema, its limits those of the configuration. */
function fleetJsonSchema(): unknown {
  const { $schema, ...rest } = z.toJSONSchema(fleetSchema, {
    io: 'input',
    override: ({ jsonSchema, path }) => {
      const place = path.join('/');
      if (place.endsWith('/items/properties/policy')) jsonSchema.$ref = 'policy.schema.json';
      if (place.endsWith('/items/properties/limits')) jsonSchema.$ref = 'config.schema.json#/properties/limits';
    },
  });
  return {
    $schema,
    $id: 'fleet.schema.json',
    title: 'Fleet of sip-retry',
    description:
      'What `sip-retry fleet` reads: registrars, clients, outages. Times are texts such as "50 ms", "1.5 s", "10 min", "1 h", or numbers of milliseconds.',
    ...rest,
  };
}

function policySchema(): unknown {
  return {
    $schema: DRAFT,
    $id: 'policy.schema.json',
    title: 'Policy of sip-retry',
    description: 'What a SIP UAC does after each response: entries by status code, each an ordered list of rules.',
    type: 'object',
    properties: {
      $schema: { type: 'string', description: 'Where an editor finds this schema. Not looked at.' },
      name: { ...line, description: 'How the policy is called.' },
      extends: {
        const: 'rfc',
        description: 'The policy of the RFCs; each entry here replaces the one with the same key, whole.',
      },
      entries: {
        description: 'Entries by status code ("486"), by method and code ("REGISTER 403"), or by class ("4xx").',
        type: 'object',
        patternProperties: { [KEY_PATTERN]: { $ref: '#/$defs/entry' } },
        additionalProperties: false,
      },
    },
    required: ['entries'],
    additionalProperties: false,
    if: { required: ['extends'] },
    else: { properties: { entries: { required: fallbackKeys } } },
    $defs: {
      entry: {
        description: 'Its rules alone, with phrase, source and impact as in the RFC table, or all of it.',
        anyOf: [{ $ref: '#/$defs/rules' }, { $ref: '#/$defs/wholeEntry' }],
      },
      wholeEntry: {
        type: 'object',
        properties: {
          phrase: { ...line, description: 'The reason phrase; the registered one by default.' },
          definedIn: { $ref: '#/$defs/citation' },
          impact: {
            description: 'What the response ends inside a dialog (RFC 5057 §5.1).',
            enum: impacts,
          },
          rules: { $ref: '#/$defs/rules' },
        },
        required: ['impact', 'rules'],
        additionalProperties: false,
      },
      rules: {
        description:
          'Tried in order; the first whose conditions all hold is taken. The last, and no other, has no "when".',
        type: 'array',
        minItems: 1,
        items: { $ref: '#/$defs/rule' },
        contains: { not: { required: ['when'] } },
        maxContains: 1,
      },
      rule: ruleSchema(),
      condition: { description: 'A condition.', oneOf: annotated(conditionNames, (name) => conditionSentences[name]) },
      action: {
        description: 'What the UAC does.',
        oneOf: annotated(actionTypes, (type) => actionLabels[type]),
      },
      reason: {
        description: 'Why the UAC gives up.',
        oneOf: annotated(giveUpReasons, (name) => giveUpSentences[name]),
      },
      citation: {
        description: 'A section such as "RFC 3261 §21.4.17", "local", or "local: " and the reason.',
        type: 'string',
        pattern: CITATION_PATTERN,
      },
    },
  };
}

function ruleSchema(): unknown {
  return {
    type: 'object',
    properties: {
      when: {
        description: 'The conditions that must all hold.',
        type: 'array',
        minItems: 1,
        items: { $ref: '#/$defs/condition' },
      },
      do: { $ref: '#/$defs/action' },
      because: { $ref: '#/$defs/reason' },
      name: { ...line, description: 'The name under which the application knows its own action.' },
      cite: { $ref: '#/$defs/citation' },
    },
    required: ['do', 'cite'],
    additionalProperties: false,
    allOf: [
      { if: doing('giveUp'), then: { required: ['because'] }, else: { properties: { because: false } } },
      { if: doing('custom'), else: { properties: { name: false } } },
    ],
  };
}

const KEY_PATTERN = "^(?:(?:[A-Za-z0-9.!%*_+`'~-]+ )?[2-6][0-9]{2}|[2-6]xx)$";

const line = { type: 'string', pattern: '^[^\\u0000\\r\\n]+$' };

function doing(action: string): unknown {
  return { properties: { do: { const: action } }, required: ['do'] };
}

/** Words that an editor can explain. */
function annotated<K extends string>(words: readonly K[], describe: (word: K) => string): readonly unknown[] {
  return words.map((word) => ({ const: word, description: describe(word) }));
}
