// The arguments of `send`, and its help.
import type { Command } from 'commander';
import { commandFor, helpBelow } from '../command-for.js';
import type { Io } from '../io.js';
import { sendCommand, type SendWatch } from './send.js';
import type { SendStatus } from './send-run.js';
import type { SendOptions } from './send-options.js';

/**
 * @param ended is told the exit status.
 * @param watch looks on.
 */
export function sendOf(io: Io, ended: (status: SendStatus) => void, watch?: SendWatch): Command {
  return commandFor('send', io)
    .description('Send a request, follow every decision to the end, and show what happens.')
    .argument('<method>', 'REGISTER, INVITE, OPTIONS, MESSAGE, SUBSCRIBE, PUBLISH …')
    .argument('<request-uri>', 'a SIP URI such as sip:bob@example.com')
    .option(
      '--server <server>',
      'udp:HOST:PORT, tcp:HOST:PORT, tls:HOST:PORT or a SIP URI; again for the next one to try',
      several,
    )
    .option('--from <uri>', 'the address-of-record in From; for REGISTER the one that is registered')
    .option('--user <name>', 'the user name for credentials; default: that of --from')
    .option('--password <password>', 'seen by whoever lists processes: --password-file or SIP_PASSWORD is better')
    .option('--password-file <file>', 'a file with the password on its only line; "-" reads standard input')
    .option('--expires <seconds>', 'the interval of REGISTER, SUBSCRIBE and PUBLISH; default: 3600')
    .option('--header <field>', "a header field such as 'Event: presence'; again for more", several)
    .option('--supported <tags>', 'option-tags that are implemented here: timer, replaces, path, norefersub …')
    .option('--body <file>', 'the body')
    .option(
      '--content-type <type>',
      'the media type of the body; default: by the name of the file, else application/sdp',
    )
    .option('--alternative-body <file>', 'what may be sent instead after 413, 415 or 488; again for more', several)
    .option('--more-digits <digits>', 'what is appended to the number after a 484; again for the next one', several)
    .option('--limits <json>', `limits as JSON, such as '{"maxAttempts": 3}'`)
    .option('--policy <file>', 'a policy as JSON')
    .option('--hang-up-after <seconds>', 'how long an accepted call is held; default: 0')
    .option('--timeout <seconds>', 'cancel after so long, and exit with 1')
    .option('--json', 'print one JSON object a line')
    .option('--trace <file>', 'write the same lines into a file')
    .option('--keep', 'keep registered until Ctrl-C, then remove the binding')
    .addHelpText(
      'after',
      helpBelow(
        'The environment variable SIP_PASSWORD gives the password, too. Digest responses are masked in all that is printed.',
        'Ctrl-C cancels a call that rings, hangs up an answered one, then tells the outcome; a second one leaves at once.',
        'Exit status: 0 accepted, 1 gave up, 2 unusable arguments (one line on standard error says why), 130 interrupted.',
      ),
    )
    .action(async (method: string, uri: string, options: SendOptions) =>
      ended(await sendCommand(method, uri, options, io, watch)),
    );
}

function several(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
