// A scenario: the requests of a user agent client, the servers that it meets, the network between, as data.
import type { z } from 'zod';
import type { Readonlys } from './schema/readonly.js';
import type { scenarioSchema } from './schema/scenario.js';

/** A scenario as it was read: durations are milliseconds. It can be written as a `ScenarioInput` again. */
export type Scenario = Readonlys<z.output<typeof scenarioSchema>>;

/** A scenario as a program or a file writes it: durations such as `'50 ms'`, or numbers of milliseconds. */
export type ScenarioInput = Readonlys<z.input<typeof scenarioSchema>>;

export type { Behaviour, BehaviourOf, WrittenChallenge } from './schema/behaviour.js';
export type { Condition, HeaderCondition } from './schema/condition.js';
export type { Expectation } from './schema/expectation.js';
export type { WrittenBody, WrittenHeaders } from './schema/message-parts.js';
export type { WrittenAnswers, WrittenRequest } from './schema/request.js';
export type { ScriptStep } from './schema/script.js';
export type { WrittenNetwork, WrittenServer } from './schema/server.js';
export type { WrittenUac } from './schema/uac.js';
