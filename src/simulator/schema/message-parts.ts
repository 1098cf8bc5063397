// Parts of messages as a scenario writes them: header fields, bodies, URIs, methods, addresses.
import { z } from 'zod';
import type { Readonlys } from './readonly.js';

/** It goes into a header field: a line break would end that. */
export const line = z.string().regex(/^[^\0\r\n]*$/, 'Invalid text: use one line');

export const word = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, 'Invalid name: use letters, digits, "." and "-"');

export const method = z
  .string()
  .regex(/^[A-Z][A-Z0-9.!%*_+`'~-]*$/, 'Invalid method: use a method in capitals, such as REGISTER');

export const sipUri = z
  .string()
  .regex(/^[sS][iI][pP][sS]?:[^\s<>]+$/, 'Invalid SIP URI: use sip:user@host, sip:host or sips:host');

export const anyUri = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+$/, 'Invalid URI: use sip:user@host or tel:+1…');

/** Brackets are for URIs. */
export const host = z
  .string()
  .regex(
    /^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)$/,
    'Invalid address: use a numeric one, such as 192.0.2.10 or 2001:db8::1',
  );

export const port = z.int().min(1).max(65_535);

export const domain = z
  .string()
  .regex(/^(?=.*[A-Za-z])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/, 'Invalid domain: use one such as example.com');

export const transport = z.enum(['UDP', 'TCP', 'TLS']);

export const status = z.int().min(100).max(699);

const headerName = z.string().regex(/^[A-Za-z0-9.!%*_+`'~-]+$/, 'Invalid name: use the name of a header field');

const headerValue = z.union([line, z.number()]);

/** Header fields by name; a list is one row for each. */
export const headers = z.record(headerName, z.union([headerValue, z.array(headerValue)])).meta({ id: 'headers' });

export const body = z
  .strictObject({
    type: line.min(1).describe('The media type, such as application/sdp.'),
    text: z.string().describe('The body itself. Line breaks become CRLF.'),
  })
  .meta({ id: 'body' });

export type WrittenHeaders = Readonlys<z.output<typeof headers>>;
export type WrittenBody = Readonlys<z.output<typeof body>>;
