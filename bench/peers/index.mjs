// The four rivals, by the names they have in tables.
import { drachtio } from './drachtio.mjs';
import { jssip } from './jssip.mjs';
import { sip } from './sip.mjs';
import { sipjs } from './sipjs.mjs';

export const peers = {
  'JsSIP 3.13.8': jssip,
  'SIP.js 0.21.2': sipjs,
  'drachtio-srf 5.0.29': drachtio,
  'sip 0.0.6': sip,
};
