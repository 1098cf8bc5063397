// A server, as a scenario writes it.
import { z } from 'zod';
import { behaviour } from './behaviour.js';
import { duration } from './duration.js';
import { domain, host, port, transport, word } from './message-parts.js';
import { script } from './script.js';
import type { Readonlys } from './readonly.js';

export const server = z
  .strictObject({
    name: word.describe('How it is called; unique, and not "uac".'),
    host: host.describe('Its numeric address.'),
    port: port.describe('Its port. Default: 5060; TLS listens at the next one.').exactOptional(),
    transports: z.array(transport).min(1).describe('What it speaks. Default: UDP and TCP.').exactOptional(),
    domain: z
      .union([domain, z.array(domain).min(1)])
      .describe('The domain, or domains, whose server it is. Several servers of one become SRV records (RFC 3263).')
      .exactOptional(),
    priority: z
      .int()
      .min(0)
      .max(65_535)
      .describe('Its SRV priority; the lowest is tried first. Default: 0.')
      .exactOptional(),
    weight: z.int().min(0).max(65_535).describe('Its SRV weight. Default: 0.').exactOptional(),
    script: script.describe('Its answers in order.').exactOptional(),
    behaviour: behaviour.describe('How it behaves, instead of a script.').exactOptional(),
    down: z
      .array(
        z.strictObject({
          from: duration.describe('From when on.'),
          for: duration.describe('For how long. Absent: for good.').exactOptional(),
        }),
      )
      .describe('When it is down: UDP is lost, TCP and TLS are refused.')
      .exactOptional(),
  })
  .superRefine((written, context) => {
    if ((written.script === undefined) !== (written.behaviour === undefined)) return;
    const which = written.script === undefined ? 'neither' : 'both';
    const message = `Invalid server with ${which} of script and behaviour: use either a script or a behaviour`;
    context.issues.push({ code: 'custom', message, input: written });
  });

export const network = z.strictObject({
  latency: duration.describe('How long a message takes one way. Default: 20 ms.').exactOptional(),
  spread: duration.describe('What chance adds to it at most. Default: nothing.').exactOptional(),
  loss: z.number().min(0).max(1).describe('The part of datagrams that are lost. Default: 0.').exactOptional(),
  duplication: z
    .number()
    .min(0)
    .max(1)
    .describe('The part of datagrams that arrive twice. Default: 0.')
    .exactOptional(),
  reordering: z
    .number()
    .min(0)
    .max(1)
    .describe('The part of datagrams that are held back, so that later ones overtake them. Default: 0.')
    .exactOptional(),
});

export type WrittenServer = Readonlys<z.output<typeof server>>;
export type WrittenNetwork = Readonlys<z.output<typeof network>>;
