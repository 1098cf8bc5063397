// The option-tags that `send` may list in Supported: a tag is a promise, and most promise a duty that `send` doesn't do.
import { readTokenList } from '../../sip/token-list.js';
import { UnusableInput } from '../unusable-input.js';

/**
 * The tags of `--supported`, in order.
 * @throws UnusableInput for a tag that is no token, or that means a duty which `send` doesn't do.
 */
export function readSupported(written: string): readonly string[] {
  const tags = readTokenList([written]);
  if (tags.length === 0) throw new UnusableInput('--supported', undefined, 'it lists nothing', ACCEPTED);
  for (const tag of tags) {
    if (!/^[A-Za-z0-9.!%*_+`'~-]+$/.test(tag)) {
      throw new UnusableInput('--supported', undefined, `"${tag}" is no option-tag`, ACCEPTED);
    }
    const duty = DUTIES.get(tag.toLowerCase());
    if (duty !== undefined) {
      throw new UnusableInput('--supported', undefined, `"${tag}" promises ${duty}, which send doesn't do`, ACCEPTED);
    }
  }
  return tags;
}

const ACCEPTED = 'option-tags such as timer, replaces, path, norefersub';

/** Registered option-tags and what a UAC promises with them. A tag that nobody has registered promises nothing. */
const DUTIES: ReadonlyMap<string, string> = new Map([
  ['100rel', 'a PRACK for each reliable provisional response (RFC 3262)'],
  ['199', 'to end early dialogs on a 199 (RFC 6228)'],
  ['answermode', 'to answer automatically (RFC 5373)'],
  ['early-session', 'early media of its own (RFC 3959)'],
  ['eventlist', 'to read resource lists (RFC 4662)'],
  ['explicitsub', 'REFER with explicit subscriptions (RFC 7614)'],
  ['from-change', 'a From that may change inside a dialog (RFC 4916)'],
  ['geolocation-http', 'to fetch locations (RFC 6442)'],
  ['geolocation-sip', 'to fetch locations (RFC 6442)'],
  ['gin', 'registrations for many numbers (RFC 6140)'],
  ['gruu', 'globally routable URIs of its own (RFC 5627)'],
  ['histinfo', 'to read the history of a request (RFC 7044)'],
  ['ice', 'ICE for its media (RFC 5768)'],
  ['join', 'to join dialogs (RFC 3911)'],
  ['multiple-refer', 'REFER with several targets (RFC 5368)'],
  ['nosub', 'REFER without subscriptions (RFC 7614)'],
  ['outbound', 'several flows that it keeps alive (RFC 5626)'],
  ['policy', 'to follow the policies of a domain (RFC 6794)'],
  ['precondition', 'resources reserved before ringing (RFC 3312)'],
  ['pref', 'preferences of the caller (RFC 3840)'],
  ['privacy', 'a privacy service (RFC 3323)'],
  ['record-aware', 'to know when it is recorded (RFC 7866)'],
  ['resource-priority', 'calls of different priority (RFC 4412)'],
  ['sdp-anat', 'alternative addresses in its SDP (RFC 4092)'],
  ['siprec', 'to be recorded (RFC 7866)'],
  ['tdialog', 'requests that name another dialog (RFC 4538)'],
  ['trickle-ice', 'trickling ICE (RFC 8840)'],
  ['uui', 'data between users (RFC 7433)'],
]);
