// What is wrong with a scenario and shows only when it runs: a script that ends too early, a simulation without an end.
import type { MemberPath } from '../schema-defects/member-path.js';
import { SipRetryError } from '../sip/sip-retry-error.js';

/** The steps from the top of a scenario to a member of it. */
export type ScenarioPath = MemberPath;

/** A scenario that cannot be run to its end. The message says where and why. */
export class ScenarioFault extends SipRetryError {
  /** Where in the scenario. */
  readonly path: ScenarioPath;
  /** What was found there, without the place. */
  readonly found: string;
  /** What would help. */
  readonly expected: string;

  constructor(path: ScenarioPath, found: string, expected: string, line?: number) {
    super('badScenario', `${line === undefined ? '' : `line ${line}: `}${found}; expected ${expected}`);
    this.path = path;
    this.found = found;
    this.expected = expected;
  }
}
