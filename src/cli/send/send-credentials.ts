// The credentials of `send`: those of the command line, else the person is asked once for each realm.
import type { CredentialsProvider } from '../../digest/credentials.js';
import { Keyring } from '../../digest/keyring.js';
import { Secret } from '../../digest/secret.js';
import { unescape, type Challenge } from '../../sip/challenge.js';
import type { Ask, Io } from '../io.js';
import { visible } from '../../sip/visible.js';
import type { SendPlan } from './send-plan.js';

/**
 * The keyring of one run. Without a password and without a terminal there are no credentials.
 * @param asking is told before the person is asked.
 */
export function keyringOf({ username, password }: SendPlan, io: Io, asking: () => void): Keyring {
  if (username !== undefined && password !== undefined) return new Keyring({ credentials: [{ username, password }] });
  const { ask } = io;
  if (ask === undefined) return new Keyring({ credentials: [] });
  return new Keyring({ credentials: askOnce({ username, password }, ask, asking) });
}

function askOnce(given: Given, ask: Ask, asking: () => void): CredentialsProvider {
  const asked = new Map<string, ReturnType<typeof askCredentials>>();
  return ({ realm = '' }: Challenge) => {
    const known = asked.get(realm);
    if (known !== undefined) return known;
    asking();
    const answer = askCredentials(visible(unescape(realm)), given, ask);
    asked.set(realm, answer);
    return answer;
  };
}

type Given = Pick<SendPlan, 'username' | 'password'>;

async function askCredentials(realm: string, given: Given, ask: Ask) {
  const username = given.username ?? (await ask(`User name for ${realm}: `, false));
  if (username === undefined) return undefined;
  if (given.password !== undefined) return { username, password: given.password };
  const password = await ask(`Password of ${visible(username)} for ${realm}: `, true);
  return password === undefined ? undefined : { username, password: new Secret(password) };
}
