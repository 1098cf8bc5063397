// Checks the built package as a CommonJS program and as an ES module see it. Part of `npm run test:package`.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const require = createRequire(resolve(root, 'package.json'));
const { exports } = require('sip-retry/package.json');
const doors = Object.keys(exports)
  .filter((door) => !door.endsWith('.json'))
  .map((door) => `sip-retry${door.slice(1)}`);

for (const door of doors) {
  const required = Object.keys(require(door)).sort();
  const imported = Object.keys(await import(door)).sort();
  if (required.join() !== imported.join()) fail(`${door} exports other names to CommonJS than to ES modules`);
}

// @noble/hashes is ESM only: a CommonJS program must find it inside.
for (const file of readdirSync(resolve(root, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.cjs'),
)) {
  if (/require\(['"]@noble/.test(readFileSync(resolve(root, 'dist', file), 'utf8')))
    fail(`${file} requires @noble/hashes`);
}

const { Keyring, secret } = require('sip-retry/digest');
const credentials = { username: 'bob', password: secret('zanzibar') };
const challenge = {
  kind: 'user',
  scheme: 'Digest',
  realm: 'biloxi.com',
  nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
  stale: false,
  userhash: false,
};
const invite = { method: 'INVITE', uri: 'sip:bob@biloxi.com', headers: [], body: '' };
const [[, row]] = new Keyring().authorize(invite, [challenge], () => credentials, 'token');
if (!row.includes('bf57e4e0d0bffc0fbaedce64d59add5e')) fail('the CommonJS build computes another digest');

console.log(`package: ${doors.length} doors, the same for CommonJS and ES modules`);

function fail(why) {
  throw new Error(`package: ${why}.`);
}
