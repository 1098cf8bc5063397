// The text of a message; digest responses were masked before it came here.
import { visible } from '../../../sip/visible.js';
import type { MessageEntry } from '../../inspector-entry.js';
import { momentWriter } from '../flow/moment-in-words.js';
import type { Inspection } from '../inspection.js';
import { laneName } from '../ladder/lanes.js';

export function MessageView({
  message,
  inspection,
}: {
  readonly message: MessageEntry;
  readonly inspection: Inspection;
}) {
  const write = momentWriter(inspection.window.all.at(0)?.at ?? 0);
  const { from, to, summary, at, lost, text } = message;
  const [head = '', ...others] = text.trimEnd().split(/\r\n|\n/);
  return (
    <>
      <h2>{visible(summary)}</h2>
      <p class="faint">
        {laneName(from)} → {laneName(to)} at {write(at)} s{lost ? ', lost on its way' : ''}
      </p>
      <pre class="message">
        <b>{visible(head)}</b>
        {others.map((line) => `\n${visible(line)}`).join('')}
      </pre>
      {isRequest(head) ? null : (
        <button type="button" onClick={() => tryThis(message, inspection)}>
          Try this response
        </button>
      )}
    </>
  );
}

function isRequest(head: string): boolean {
  return !head.startsWith('SIP/2.0 ');
}

function tryThis(message: MessageEntry, inspection: Inspection): void {
  const { form } = inspection;
  const rawRequest = requestBefore(message, inspection) ?? form.rawRequest;
  inspection.update({
    pane: 'try',
    form: { ...form, isRaw: true, outcome: 'response', rawRequest, rawResponse: message.text },
  });
}

/** The request that was sent last by whom this response came to. */
function requestBefore(message: MessageEntry, { window: kept }: Inspection): string | undefined {
  const { told } = kept;
  for (let index = told.length - 1; index >= 0; index -= 1) {
    const entry = told.at(index);
    if (entry?.type !== 'message' || entry.at > message.at || entry.from !== message.to) continue;
    if (entry.to === message.from && isRequest(entry.text)) return entry.text;
  }
  return undefined;
}
