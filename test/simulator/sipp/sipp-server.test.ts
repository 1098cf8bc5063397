// A server of the simulator that does what a SIPp scenario says.
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/simulator/simulate.js';
import { invite, options, register, run } from '../running.js';
import { answer, CONTACT, message, recv, runSipp, sippText } from './sipp-texts.js';

const OK = answer('200 OK', [CONTACT]);
const CALL = [recv('INVITE'), answer('180 Ringing'), OK, recv('ACK'), recv('BYE'), answer('200 OK')];

describe('a SIPp server', () => {
  it('sends a message octet for octet as the scenario writes it', async () => {
    const { sent, verdicts } = await runSipp(register, [
      recv('REGISTER'),
      message(
        [
          'SIP/2.0 200 OK',
          '[last_Via:]',
          '[last_From:]',
          '[last_To:];tag=[pid]x[call_number]',
          '[last_Call-ID:]',
          '[last_CSeq:]',
          '[last_Contact:];expires=300',
          '[last_Organization:]',
          'Organization: [local_ip]:[local_port] [transport] [local_ip_type] to [remote_ip]:[remote_port] [service]',
        ],
        'Hällo',
      ),
    ]);
    const [rows = '', body] = (sent[0] ?? '').split('\r\n\r\n');
    expect(rows.split('\r\n').map((row) => row.replace(/(branch=|tag=|Call-ID: ).*/, '$1…'))).toEqual([
      'SIP/2.0 200 OK',
      'Via: SIP/2.0/UDP 198.51.100.7:5060;rport;branch=…',
      'From: <sip:alice@example.com>;tag=…',
      'To: <sip:alice@example.com>;tag=…',
      'Call-ID: …',
      'CSeq: 1 REGISTER',
      'Contact: <sip:alice@198.51.100.7:5060>;expires=300',
      'Organization: 192.0.2.10:5060 UDP 4 to 198.51.100.7:5060 service',
      'Content-Length: 8',
    ]);
    expect(rows).toContain(';tag=1x1\r\n');
    expect(body).toBe('Hällo\r\n');
    expect(verdicts).toEqual(['call 1 succeeds']);
  });

  it('fills in what SIPp 3.6.1 fills in, as was measured', async () => {
    const rows = (text = ''): readonly string[] => text.split('\r\n').filter((row) => row.startsWith('X-'));
    const { sent } = await runSipp({ ...options, headers: { 'X-Two': ['one', 'two'], CSeq: '9 OPTIONS' } }, [
      recv(
        'OPTIONS',
        '',
        '<ereg regexp=".*" search_in="hdr" header="X-Two:" assign_to="first"/>' +
          '<ereg regexp=".*" search_in="hdr" header="X-Two:" occurrence="2" assign_to="second"/>' +
          '<ereg regexp=".*" search_in="hdr" header="X-Two" assign_to="colon"/>' +
          '<ereg regexp="^(.*)" search_in="hdr" header="X-None:" assign_to="none"/>' +
          '<assign assign_to="n" value="2"/><add assign_to="n" value="0.5"/>' +
          '<test assign_to="t" variable="n" compare="greater_than" value="1"/>',
      ),
      answer('200 OK', [
        'X-Var: [$first]|[$second]|[$colon]|[$none]|[$n] [$t] [$nothing]',
        'X-Cut: a [last_Organization:] b',
        'X-Tags: <[peer_tag_param]> <[routes]>',
        'X-Seq: [cseq] [cseq+3]',
        '[last_X-Two:]',
      ]),
    ]);
    expect(rows(sent[0])).toEqual([
      'X-Var:  one| two|: one||2.500000 true ',
      'X-Cut: a  b',
      'X-Tags: <> <>',
      'X-Seq: 9 12',
      'X-Two: one, two',
    ]);
  });

  it('goes through a call, and tells that it succeeds', async () => {
    const { verdicts, outcomes, transcript } = await runSipp(invite, CALL);
    expect(verdicts).toEqual(['call 1 succeeds']);
    expect(outcomes[0]).toMatchObject({ outcome: 'accepted', attempts: 1 });
    expect(transcript.counts).toMatchObject({ retransmitted: 0 });
  });

  it('has a program of its own for each Call-ID, and globals for all', async () => {
    const { outcomes, verdicts } = await runSipp(invite, [
      '<Global variables="calls"/>',
      recv(
        'INVITE',
        'next="second" test="isSecond"',
        '<add assign_to="calls" value="1"/><test assign_to="isSecond" variable="calls" compare="equal" value="2"/>',
      ),
      answer('480 Temporarily Unavailable', ['Retry-After: 2']),
      recv('ACK'),
      '<nop next="end"/>',
      '<label id="second"/>',
      OK,
      recv('ACK'),
      recv('BYE'),
      answer('200 OK'),
      '<label id="end"/>',
      '<nop/>',
    ]);
    expect(verdicts).toEqual(['call 1 succeeds', 'call 2 succeeds']);
    expect(outcomes[0]).toMatchObject({ outcome: 'accepted', attempts: 2 });
  });

  it('sends a BYE of its own in the dialog, and takes the answer', async () => {
    const { verdicts, messages } = await runSipp({ ...invite, hangUpAfter: '1 h' }, [
      recv('INVITE', 'rrs="true"', '<ereg regexp="sip:[^&gt;]*" search_in="hdr" header="Contact" assign_to="target"/>'),
      answer('200 OK', [CONTACT]),
      recv(
        'ACK',
        '',
        '<ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/><ereg regexp=".*" search_in="hdr" header="To:" assign_to="called"/>',
      ),
      '<pause milliseconds="5000"/>',
      message([
        'BYE [$target] SIP/2.0',
        'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]',
        'Max-Forwards: 70',
        'From:[$called]',
        'To:[$caller]',
        'Call-ID: [call_id]',
        'CSeq: [cseq] BYE',
      ]),
      '<recv response="200"/>',
    ]);
    expect(verdicts).toEqual(['call 1 succeeds']);
    const bye = messages.find(({ summary }) => summary.startsWith('BYE'));
    expect(bye?.from).toBe('sipp');
    expect(bye?.text).toMatch(/^BYE sip:alice@198\.51\.100\.7:5060 SIP\/2\.0\r\n.*\r\nCSeq: 2 BYE\r\n/s);
    const ack = messages.find(({ summary }) => summary.startsWith('ACK'));
    expect((bye?.at ?? 0) - (ack?.arrivals[0] ?? 0)).toBe(5_000);
  });

  it('changes a call by a re-INVITE of its own', async () => {
    const { verdicts, messages } = await runSipp({ ...invite, hangUpAfter: '5 s' }, [
      recv('INVITE', 'rrs="true"'),
      OK,
      recv(
        'ACK',
        '',
        '<ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/><ereg regexp=".*" search_in="hdr" header="To:" assign_to="called"/>',
      ),
      message([
        'INVITE [next_url] SIP/2.0',
        'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]',
        'Max-Forwards: 70',
        '[routes]',
        'From:[$called]',
        'To:[$caller]',
        'Call-ID: [call_id]',
        'CSeq: [cseq] INVITE',
        CONTACT,
      ]),
      '<recv response="100" optional="true"/>',
      '<recv response="200"/>',
      message([
        'ACK [next_url] SIP/2.0',
        'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch-3]',
        'Max-Forwards: 70',
        'From:[$called]',
        'To:[$caller]',
        'Call-ID: [call_id]',
        'CSeq: [cseq] ACK',
      ]),
      recv('BYE'),
      answer('200 OK'),
    ]);
    const answered = messages.filter(({ from, summary }) => from === 'uac' && /^\d/.test(summary));
    expect(answered.map(({ summary }) => summary)).toEqual(['200 OK']);
    expect(verdicts).toEqual(['call 1 succeeds']);
  });

  it('answers a CANCEL only as the scenario says', async () => {
    const { verdicts, outcomes, sent } = await runSipp({ ...invite, cancelAfter: '2 s' }, [
      recv('INVITE', '', '<ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="number"/>'),
      answer('180 Ringing'),
      recv('CANCEL'),
      answer('200 OK'),
      message([
        'SIP/2.0 487 Request Terminated',
        ...['[last_Via:]', '[last_From:]', '[last_To:];tag=[call_number]', '[last_Call-ID:]'],
        'CSeq: [$number] INVITE',
      ]),
      recv('ACK'),
    ]);
    expect(verdicts).toEqual(['call 1 succeeds']);
    expect(outcomes[0]).toMatchObject({ outcome: 'cancelled' });
    expect(sent.map((text) => text.slice(8, 11))).toEqual(['180', '200', '487']);
  });

  it('waits for optional messages and what comes behind them, in any number', async () => {
    const commands = [
      recv('INVITE'),
      OK,
      recv('ACK', 'optional="true"'),
      recv('INFO', 'optional="true"'),
      recv('BYE'),
      answer('200 OK'),
    ];
    expect((await runSipp(invite, commands)).verdicts).toEqual(['call 1 succeeds']);
  });

  it('goes on at a label when nothing came in time, and fails the call where there is none', async () => {
    const late = await runSipp(options, [
      recv('OPTIONS'),
      recv('INVITE', 'timeout="300" ontimeout="late"'),
      '<label id="late"/>',
      answer('200 OK'),
    ]);
    expect(late.verdicts).toEqual(['call 1 succeeds']);
    expect(late.messages.find(({ from }) => from === 'sipp')?.at).toBe(320);
    const failed = await runSipp(options, [recv('OPTIONS'), recv('INVITE', 'timeout="300"'), answer('200 OK')]);
    expect(failed.verdicts).toEqual(['call 1 fails: line 4 expects INVITE within 300 ms, nothing came']);
    expect(failed.sent).toEqual([]);
  });

  it('goes on when a check does not hold, and counts the call as failed at its end, as SIPp does', async () => {
    const { verdicts, sent, outcomes } = await runSipp({ method: 'MESSAGE', uri: 'sip:bob@example.com' }, [
      recv(
        'MESSAGE',
        '',
        '\n<ereg regexp="Digest" search_in="hdr" header="Authorization:" check_it="true" assign_to="1"/>' +
          '<ereg regexp="MESSAGE" search_in="msg" assign_to="2"/>',
      ),
      answer('200 OK', ['X-Second: ([$2])']),
    ]);
    expect(verdicts).toEqual(['call 1 fails: what line 4 checks does not hold for MESSAGE']);
    // What stands behind the check in the same command is not done.
    expect(sent).toEqual([expect.stringContaining('X-Second: ()\r\n')]);
    expect(outcomes[0]).toMatchObject({ outcome: 'accepted', attempts: 1 });
  });

  it('holds an inverse check, a check of the body, and one of a later header field of that name', async () => {
    const { verdicts } = await runSipp(
      { ...invite, headers: { 'X-One': ['first', 'second'] }, body: { type: 'text/plain', text: 'Hello' } },
      [
        recv(
          'INVITE',
          '',
          '<ereg regexp="Digest" search_in="msg" check_it_inverse="true" assign_to="1"/>' +
            '<ereg regexp="^hello$" case_indep="true" search_in="body" check_it="true" assign_to="2"/>' +
            '<ereg regexp="^ second$" search_in="hdr" header="X-One:" occurrence="2" check_it="true" assign_to="3"/>',
        ),
        ...CALL.slice(1),
      ],
    );
    expect(verdicts).toEqual(['call 1 succeeds']);
  });

  it('answers an unexpected BYE and gives the call up, as SIPp does', async () => {
    const { verdicts, outcomes } = await runSipp(invite, [
      recv('INVITE'),
      OK,
      recv('ACK'),
      recv('INFO'),
      answer('200 OK'),
    ]);
    expect(verdicts).toEqual(['call 1 fails: line 13 expects INFO, BYE came'.replace('13', String(lineOfInfo))]);
    expect(outcomes.at(-1)).toMatchObject({ request: 'invite/BYE', outcome: 'accepted' });
  });

  it('says what it waits for when the simulation ends', async () => {
    const { verdicts } = await runSipp(options, [
      recv('OPTIONS'),
      answer('200 OK'),
      recv('ACK', 'optional="true"'),
      recv('INFO'),
    ]);
    expect(verdicts).toEqual([
      expect.stringMatching(/^call 1 waits for ACK or INFO \(line \d+\) when the simulation ends$/),
    ]);
  });

  it('answers a retransmission with what it sent, and repeats a final answer until its ACK comes', async () => {
    const commands = [...CALL.slice(0, 2), answer('200 OK', [CONTACT], '', 'retrans="500"'), ...CALL.slice(3)];
    const runs = await Promise.all(
      Array.from({ length: 20 }, (_, seed) =>
        runSipp({ ...invite, hangUpAfter: '20 s' }, [...commands, '<timewait milliseconds="32000"/>'], {
          network: { loss: 0.3 },
          seed,
        }),
      ),
    );
    for (const { verdicts, outcomes } of runs) {
      expect(outcomes[0]).toMatchObject({ outcome: 'accepted', attempts: 1 });
      expect(verdicts).toEqual(['call 1 succeeds']);
    }
    expect(runs.filter(({ transcript }) => transcript.counts.lost > 0).length).toBeGreaterThan(10);
    const repeated = runs
      .flatMap(({ messages }) => messages)
      .filter(({ from, retransmission }) => from === 'sipp' && retransmission);
    const repeatedFor = repeated.map(({ text }) => /^CSeq: \d+ (.*)\r$/m.exec(text)?.[1]);
    expect(new Set(repeatedFor)).toEqual(new Set(['INVITE', 'BYE']));
  });

  it('speaks TCP', async () => {
    const { verdicts, messages } = await runSipp({ ...invite, uri: 'sip:bob@example.com;transport=tcp' }, CALL);
    expect(verdicts).toEqual(['call 1 succeeds']);
    expect(messages.every(({ transport }) => transport === 'TCP')).toBe(true);
    expect(messages.find(({ summary }) => summary === '200 OK')?.text).toContain(';transport=TCP>');
  });

  it('pauses by chance, the same for the same seed', async () => {
    const commands = [
      recv('OPTIONS'),
      '<pause distribution="uniform" min="100" max="900"/>',
      answer('180 Ringing'),
      '<pause distribution="normal" mean="500" stdev="50"/>',
      answer('200 OK'),
    ];
    const [one, same, other] = [
      await runSipp(options, commands, { seed: 7 }),
      await runSipp(options, commands, { seed: 7 }),
      await runSipp(options, commands, { seed: 8 }),
    ];
    expect(JSON.stringify(one.transcript)).toBe(JSON.stringify(same.transcript));
    const momentsOf = ({ messages }: typeof one): readonly number[] =>
      messages.filter(({ from }) => from === 'sipp').map(({ at }) => at);
    expect(momentsOf(one)).not.toEqual(momentsOf(other));
    const [first = 0, second = 0] = momentsOf(one);
    expect(first).toBeGreaterThanOrEqual(120);
    expect(first).toBeLessThanOrEqual(920);
    expect(Math.abs(second - first - 500)).toBeLessThan(250);
  });

  it.each(['<nop next="x"/>', '<pause milliseconds="0" next="x"/>'])(
    'stops a circle without a message that comes: %s',
    async (command) => {
      const { verdicts } = await runSipp(options, [recv('OPTIONS'), '<label id="x"/>', command, answer('200 OK')]);
      expect(verdicts).toEqual(['call 1 fails: it goes in a circle around line 5']);
    },
  );

  it('forgets its calls while it is down', async () => {
    const scenario = {
      requests: [{ ...invite, hangUpAfter: '10 s' }],
      servers: [
        {
          name: 'sipp',
          host: '192.0.2.10',
          domain: 'example.com',
          behaviour: { type: 'sipp' as const, xml: sippText(...CALL) },
          down: [{ from: '5 s', for: '2 s' }],
        },
      ],
    };
    const { transcript } = await run(scenario);
    const told = transcript.events.flatMap((event) => (event.type === 'party' ? [event.does] : []));
    expect(told.slice(0, 2)).toEqual(['goes down', 'is back']);
    // The BYE begins a new call, which the scenario does not expect.
    expect(told.at(-1)).toBe('call 2 fails: line 3 expects INVITE, BYE came');
  });

  it('is refused as a part of a scenario when it is no server', async () => {
    const xml = sippText(message(['INVITE sip:bob@example.com SIP/2.0']));
    const scenario = {
      requests: [invite],
      servers: [{ name: 'sipp', host: '192.0.2.10', behaviour: { type: 'sipp' as const, xml } }],
    };
    await expect(simulate(scenario)).rejects.toThrow(
      'servers[0].behaviour.xml is no server: in its line 3 it begins by sending an INVITE: it is a user agent client; expected the scenario of a server',
    );
  });
});

/** Where the third <recv> stands: each command of these texts begins on a line of its own. */
const lineOfInfo =
  sippText(recv('INVITE'), OK, recv('ACK'), recv('INFO'))
    .split('\n')
    .findIndex((line) => line.includes('INFO')) + 1;
