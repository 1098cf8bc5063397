// "401 text in, authenticated request text out", against four stacks and against the bare cost of the hashes.
import { createHash } from 'node:crypto';
import { checkAuthenticated } from '../digest-check.mjs';
import { report } from '../measure.mjs';
import { credentials, nonceOf, unauthorizedText, VARIANTS } from '../messages.mjs';
import { authenticator, nobleHashes, nodeHashes } from '../ours.mjs';
import { peers } from '../peers/index.mjs';
import { raceApart } from '../race-apart.mjs';

const texts = Array.from({ length: VARIANTS }, (_, variant) => unauthorizedText(variant));
const { username, password, realm } = credentials;
const ha1 = createHash('md5').update(`${username}:${realm}:${password}`).digest('hex');

const paths = {
  'sip-retry, node:crypto': () => authenticator(nodeHashes),
  'sip-retry, @noble/hashes': () => authenticator(nobleHashes),
  'sip-retry, node:crypto, cold HA1': () => authenticator(nodeHashes, false),
  'sip-retry, @noble/hashes, cold HA1': () => authenticator(nobleHashes, false),
};
for (const [name, peer] of Object.entries(peers)) {
  paths[name] = () => peer.authenticator({ password });
  // Who takes an HA1 gets one: a rival is measured at its best.
  if (!name.startsWith('drachtio')) paths[`${name}, HA1 given`] = () => peer.authenticator({ ha1 });
}

/** The path, once its answers have been found right. */
function checked(name, make) {
  const path = make();
  for (const variant of [3, 4, 3]) checkAuthenticated(name, path(texts[variant]), credentials, nonceOf(variant));
  return (call) => path(texts[call & (VARIANTS - 1)]);
}

const a1 = `${username}:${realm}:${password}`;
const a2 = 'REGISTER:sip:example.com';
const hashing = (hashes, keepsHa1) => () => (call) => {
  const key = keepsHa1 ? ha1 : hashes.md5(a1);
  return hashes.md5(`${key}:${nonceOf(call & 255)}:00000001:0a4f113b0a4f113b:auth:${hashes.md5(a2)}`);
};
const bare = {
  'two bare MD5, node:crypto': hashing(nodeHashes, true),
  'three bare MD5, node:crypto': hashing(nodeHashes, false),
  'two bare MD5, @noble/hashes': hashing(nobleHashes, true),
  'three bare MD5, @noble/hashes': hashing(nobleHashes, false),
};

const only = process.env.BENCH_ONLY ?? '';
const raced = Object.entries(paths).filter(([name]) => name.includes(only));
const rivals = { ...bare, ...Object.fromEntries(raced.map(([name, make]) => [name, () => checked(name, make)])) };
const rows = await raceApart(rivals);
if (rows !== undefined) report({ unit: 'ns', rows });
