// Reading a 401 and an INVITE, against the four stacks' parsers.
import { race, report } from '../measure.mjs';
import { inviteText, unauthorizedText, VARIANTS } from '../messages.mjs';
import { readMessage } from '../../src/sip/read-message.ts';
import { peers } from '../peers/index.mjs';

const kinds = { 401: unauthorizedText, INVITE: inviteText };
const octets = {};
const rows = {};
for (const [kind, write] of Object.entries(kinds)) {
  const texts = Array.from({ length: VARIANTS }, (_, variant) => write(variant));
  octets[kind] = texts[0].length;
  const buffers = texts.map((text) => Buffer.from(text));
  const rivals = {
    'sip-retry': (call) => readMessage(texts[call & (VARIANTS - 1)]).kind.length,
    'sip-retry, from octets': (call) => readMessage(buffers[call & (VARIANTS - 1)]).kind.length,
  };
  for (const [name, { parse, parseWhole }] of Object.entries(peers)) {
    if (parse(texts[0]) === undefined) throw new Error(`${name} cannot read the ${kind}`);
    rivals[name] = (call) => (parse(texts[call & (VARIANTS - 1)]) === undefined ? 0 : 1);
    if (parseWhole !== undefined)
      rivals[`${name}, all headers parsed`] = (call) =>
        parseWhole(texts[call & (VARIANTS - 1)]) === undefined ? 0 : 1;
  }
  for (const [name, row] of Object.entries(race(rivals))) rows[`${kind}: ${name}`] = row;
}
report({ unit: 'ns', octets, rows });
