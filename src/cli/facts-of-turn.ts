// What a decision of a conversation may look at: the messages, and what the configuration says of the client right now.
import { factsOf, type LocalOutcome } from '../policy/facts-of.js';
import type { Client, Facts } from '../policy/facts.js';
import type { RequestRecord } from '../request/record.js';
import type { SipResponse } from '../sip/message.js';
import type { Setting } from './setting.js';

/** The facts of one outcome. Draws once from the chance of the setting. */
export function factsOfTurn(
  outcome: SipResponse | LocalOutcome,
  record: RequestRecord,
  elapsedMs: number,
  setting: Setting,
): Facts {
  const { limits, startedAt } = setting;
  return factsOf(record.request, outcome, record.history, {
    client: clientFor(record, setting),
    limits,
    elapsedMs,
    random: setting.random(),
    now: startedAt + elapsedMs,
  });
}

/** The client as it is at this moment: how many more digits it has. */
function clientFor({ history }: RequestRecord, { client, keyring, answers }: Setting): Client {
  const credentials = keyring?.knownCredentials();
  return {
    ...client,
    ...(credentials === undefined ? {} : { credentials }),
    ...(answers.digits === undefined
      ? {}
      : { digitsLeft: Math.max(0, answers.digits.length - (history.taken.extendDigits ?? 0)) }),
  };
}
