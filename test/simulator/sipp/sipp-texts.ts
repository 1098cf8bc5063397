// Small SIPp scenarios for tests, put together from commands.
import { alice, run, type Told } from '../running.js';
import type { ScenarioInput } from '../../../src/simulator/scenario.js';

type Request = ScenarioInput['requests'][number];

export function sippText(...commands: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="small">\n${commands.join('\n')}\n</scenario>\n`;
}

export function recv(request: string, attributes = '', actions = ''): string {
  const inside = actions === '' ? '' : `<action>${actions}</action>`;
  return `<recv request="${request}" ${attributes}>${inside}</recv>`;
}

/** A response with what every response copies; the other rows come behind. */
export function answer(status: string, rows: readonly string[] = [], body = '', attributes = ''): string {
  return message(
    [
      `SIP/2.0 ${status}`,
      '[last_Via:]',
      '[last_From:]',
      '[last_To:];tag=[call_number]',
      '[last_Call-ID:]',
      '[last_CSeq:]',
      ...rows,
    ],
    body,
    attributes,
  );
}

export function message(rows: readonly string[], body = '', attributes = ''): string {
  const lines = [...rows, 'Content-Length: [len]', '', ...body.split('\n')];
  return `<send ${attributes}><![CDATA[\n\n${lines.map((line) => `      ${line}`).join('\n')}\n\n]]></send>`;
}

export const CONTACT = 'Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>';

export interface SippRun extends Told {
  /** What the server tells of its calls. */
  readonly verdicts: readonly string[];
  /** The texts that the server sent. */
  readonly sent: readonly string[];
}

/** The request against a server with these commands. */
export async function runSipp(
  request: Request,
  commands: readonly string[],
  more: Partial<ScenarioInput> = {},
): Promise<SippRun> {
  const told = await run({
    uac: { credentials: [alice] },
    requests: [request],
    servers: [
      {
        name: 'sipp',
        host: '192.0.2.10',
        domain: 'example.com',
        behaviour: { type: 'sipp', xml: sippText(...commands) },
      },
    ],
    ...more,
  });
  const { events } = told.transcript;
  return {
    ...told,
    verdicts: events.flatMap((event) => (event.type === 'party' ? [event.does] : [])),
    sent: events.flatMap((event) => (event.type === 'message' && event.from === 'sipp' ? [event.text] : [])),
  };
}
