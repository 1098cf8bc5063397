// The credentials of `send`: those of the command line, else the person is asked once for each realm.
import type { CredentialsProvider } from '../../digest/credentials.js';
import { Keyring } from '../../digest/keyring.js';
import { Secret } from '../../digest/secret.js';
import { unescape, type Challenge } from '../../sip/challenge.js';
import type { Io } from '../io.js';
import { visible } from '../visible.js';
import type { SendPlan } from './send-plan.js';

/** The keyring of one run. Without a password and without a terminal there are no credentials. */
export function keyringOf({ username, password }: SendPlan, io: Io): Keyring {
  if (username !== undefined && password !== undefined) return new Keyring({ credentials: [{ username, password }] });
  const { ask } = io;
  if (ask === undefined) return new Keyring({ credentials: [] });
  return new Keyring({ credentials: askOnce(username, ask) });
}

function askOnce(username: string | undefined, ask: NonNullable<Io['ask']>): CredentialsProvider {
  const asked = new Map<string, ReturnType<typeof askCredentials>>();
  return ({ realm = '' }: Challenge) => {
    const known = asked.get(realm);
    if (known !== undefined) return known;
    const answer = askCredentials(visible(unescape(realm)), username, ask);
    asked.set(realm, answer);
    return answer;
  };
}

async function askCredentials(realm: string, username: string | undefined, ask: NonNullable<Io['ask']>) {
  const name = username ?? (await ask(`User name for ${realm}: `, false));
  if (name === undefined) return undefined;
  const password = await ask(`Password of ${visible(name)} for ${realm}: `, true);
  return password === undefined ? undefined : { username: name, password: new Secret(password) };
}
