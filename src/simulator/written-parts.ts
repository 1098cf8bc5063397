// Header fields and bodies of a scenario, as messages have them.
import type { Body } from '../request/materials.js';
import type { Header } from '../sip/message.js';
import type { WrittenBody, WrittenHeaders } from './scenario.js';

/** One row for each value. */
export function headersOf(written: WrittenHeaders = {}): readonly Header[] {
  return Object.entries(written).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): Header => [name, String(one)]),
  );
}

/** A body, its lines ending as SDP asks for (RFC 8866 §5). */
export function bodyOf({ type, text }: WrittenBody): Body {
  return { type, content: text.replace(/\r?\n/g, '\r\n') };
}
