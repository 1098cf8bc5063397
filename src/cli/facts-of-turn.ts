// What a decision of a conversation may look at: the messages, and what the configuration says of the client right now.
import type { Keyring } from '../digest/keyring.js';
import { judgeChallenges } from '../policy/challenge-choice.js';
import { factsOf, type LocalOutcome } from '../policy/facts-of.js';
import type { Client, Facts } from '../policy/facts.js';
import type { RequestRecord } from '../request/record.js';
import { type Challenge, readChallenges, unescape } from '../sip/challenge.js';
import type { SipResponse } from '../sip/message.js';
import { keyFor } from './sent-request.js';
import type { Setting } from './setting.js';

/** The facts of one outcome. Draws once from the chance of the setting. */
export function factsOfTurn(
  outcome: SipResponse | LocalOutcome,
  record: RequestRecord,
  elapsedMs: number,
  setting: Setting,
): Facts {
  const { limits, keyring, startedAt } = setting;
  const offered = typeof outcome === 'string' ? [] : readChallenges(outcome.headers);
  const client = clientFor(offered, record, setting);
  const facts = factsOf(record.request, outcome, record.history, {
    client,
    limits,
    elapsedMs,
    random: setting.random(),
    now: startedAt + elapsedMs,
  });
  if (keyring === undefined || offered.length < 2) return facts;
  // Where a realm offers alternatives, the topmost that there is a key for (an HA1 fits one hash function only).
  const answerable = offered.filter((challenge) => keyFor(keyring, challenge) !== undefined);
  const challenges = judgeChallenges(
    offered.filter((one) => answerable.includes(one) || !answerable.some((other) => isAlternative(one, other))),
    record.history,
    client,
    limits,
  );
  return { ...facts, response: { ...facts.response, challenges } };
}

function isAlternative(one: Challenge, other: Challenge): boolean {
  return one.kind === other.kind && unescape(one.realm ?? '') === unescape(other.realm ?? '');
}

/** The client as it is at this moment: which realms it has credentials for, and how many more digits. */
function clientFor(offered: readonly Challenge[], { history }: RequestRecord, setting: Setting): Client {
  const { client, keyring, answers } = setting;
  return {
    ...client,
    ...(keyring === undefined ? {} : { credentialRealms: realmsFor(offered, keyring) }),
    ...(answers.digits === undefined
      ? {}
      : { digitsLeft: Math.max(0, answers.digits.length - (history.taken.extendDigits ?? 0)) }),
  };
}

function realmsFor(offered: readonly Challenge[], keyring: Keyring): readonly string[] {
  return offered
    .filter((challenge) => keyFor(keyring, challenge) !== undefined)
    .map(({ realm = '' }) => unescape(realm));
}
