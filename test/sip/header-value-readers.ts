// Every reader of a header field value, each as a function of one value: for tests that feed them anything.
import { accepts, readAcceptList } from '../../src/sip/accept.js';
import { tagOf, uriOf, withTag, withUri, withoutTag } from '../../src/sip/address.js';
import { readChallenges } from '../../src/sip/challenge.js';
import { readContacts, withContactExpires, writeContact } from '../../src/sip/contact.js';
import { readCSeq } from '../../src/sip/cseq.js';
import { readDeltaSeconds } from '../../src/sip/delta-seconds.js';
import { canonicalName, headerKey } from '../../src/sip/header-list.js';
import { boundaryOf, readMediaType } from '../../src/sip/media-type.js';
import { partsOf } from '../../src/sip/multipart.js';
import { readRetryAfter } from '../../src/sip/retry-after.js';
import { readSecurityMechanisms } from '../../src/sip/security.js';
import { readMinExpires, readMinSe, readSessionExpires } from '../../src/sip/session-interval.js';
import { readSipDate } from '../../src/sip/sip-date.js';
import { readTokenList } from '../../src/sip/token-list.js';
import { telToSip } from '../../src/sip/tel-uri.js';
import { parseUri, sameUri, userPart, withUser, writeUri } from '../../src/sip/uri.js';
import { countVias, topVia, withBranch } from '../../src/sip/via.js';
import { readWarnings } from '../../src/sip/warning.js';

export const headerValueReaders: readonly ((value: string) => unknown)[] = [
  (value) => accepts(readAcceptList([value]), 'application/sdp'),
  tagOf,
  uriOf,
  (value) => withTag(value, 'x'),
  withoutTag,
  (value) => withUri(value, 'sip:a@h'),
  (value) => readChallenges([['WWW-Authenticate', value]]),
  (value) => readContacts([value]).map(writeContact),
  (value) => withContactExpires(value, 60),
  (value) => readCSeq([['CSeq', value]]),
  readDeltaSeconds,
  canonicalName,
  headerKey,
  (value) => boundaryOf(readMediaType(value) ?? { type: '', params: [] }),
  (value) => partsOf(value, 'b'),
  (value) => readRetryAfter([value], { now: 0, date: value }),
  (value) => readSecurityMechanisms([value]),
  (value) => [readMinExpires([value]), readMinSe([value]), readSessionExpires([value])],
  readSipDate,
  (value) => readTokenList([value]),
  (value) => [parseUri(value), userPart(value), withUser(value, value), telToSip(value, 'h')],
  (value) => sameUri(value, value),
  (value) => writeUri(parseUri(value) ?? { scheme: 'sip', host: 'h', params: [] }),
  (value) => [topVia([['Via', value]]), countVias([['Via', value]]), withBranch(value, 'x')],
  (value) => readWarnings([value]),
];
