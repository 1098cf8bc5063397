// Servers on the command line: `udp:HOST:PORT`, or a SIP URI.
import { parseUri } from '../../sip/uri.js';
import { UnusableInput } from '../unusable-input.js';

/**
 * The server as a SIP URI: `udp:192.0.2.1:5060` is `sip:192.0.2.1:5060;transport=udp`.
 * @throws UnusableInput
 */
export function readServer(written: string): string {
  const short = /^(udp|tcp|tls):(.+)$/i.exec(written);
  if (short === null) return readSipUri('--server', written);
  const [, transport = '', place = ''] = short;
  // An IPv6 address may come without its brackets where no port follows.
  const host = /^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(place) ? `[${place}]` : place;
  const uri = `sip:${host};transport=${transport.toLowerCase()}`;
  const parsed = parseUri(uri);
  if (parsed === undefined || !isPort(parsed.port) || place.includes('@') || place.includes(';')) {
    throw new UnusableInput('--server', undefined, `"${written}" names no host and port`, SERVER);
  }
  return uri;
}

/** @throws UnusableInput */
export function readSipUri(option: string, written: string): string {
  const parsed = parseUri(written);
  const isSip = parsed?.scheme === 'sip' || parsed?.scheme === 'sips';
  if (isSip && isPort(parsed.port) && !/[\s<>"]/.test(written)) return written;
  throw new UnusableInput(option, undefined, `"${written}" is no SIP URI`, EXPECTED.get(option) ?? 'sip:USER@HOST');
}

const SERVER = 'udp:HOST:PORT, tcp:HOST:PORT, tls:HOST:PORT or a SIP URI';
const EXPECTED: ReadonlyMap<string, string> = new Map([
  ['--server', SERVER],
  ['REQUEST-URI', 'a URI such as sip:bob@example.com'],
]);

function isPort(port: number | undefined): boolean {
  return port === undefined || (port > 0 && port < 65_536);
}
