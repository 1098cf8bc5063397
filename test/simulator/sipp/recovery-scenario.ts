// The command line of an interop recovery as a scenario of the simulator, with the same SIPp file as its server.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ScenarioInput } from '../../../src/simulator/scenario.js';
import type { Recovery } from '../../interop/recoveries.js';

type Request = ScenarioInput['requests'][number];

const SERVER = '192.0.2.10:5060';

export function scenarioOfRecovery({ scenario, args, transport = 'udp' }: Recovery): ScenarioInput {
  const [method = '', uri = '', ...rest] = args.map((word) => word.replace('SERVER', SERVER));
  const options = optionsIn(rest);
  const one = (name: string): string | undefined => options.get(name)?.[0];
  const types = options.get('--content-type') ?? [];
  const first = one('--body');
  const others = (options.get('--alternative-body') ?? []).map((path) => bodyAt(path, undefined));
  // The command publishes the body again that it has published.
  const bodies = method === 'PUBLISH' && first !== undefined ? [bodyAt(first, types[0])] : others;
  const from = one('--from');
  const [user, password] = [one('--user'), one('--password')];
  const request: Request = {
    method,
    uri,
    ...(from === undefined ? {} : { from }),
    ...(options.has('--expires') ? { expires: Number(one('--expires')) } : {}),
    ...(first === undefined ? {} : { body: bodyAt(first, types[0]) }),
    headers: Object.fromEntries((options.get('--header') ?? []).map((row) => row.split(': ', 2) as [string, string])),
    // The command hangs up at once where nothing else is said.
    hangUpAfter: `${one('--hang-up-after') ?? '0'} s`,
    answers: {
      digits: options.get('--more-digits') ?? [],
      ...(bodies.length === 0 ? {} : { bodies }),
    },
  };
  const [, via, place] = /^(udp|tcp):(.*)$/.exec(one('--server') ?? '') ?? [];
  return {
    name: scenario,
    uac: {
      ...(place === undefined ? {} : { servers: [`sip:${place};transport=${via ?? 'udp'}`] }),
      supported: options.get('--supported')?.flatMap((tags) => tags.split(',')) ?? [],
      securityMechanisms: ['digest'],
      credentials: user === undefined || password === undefined ? [] : [{ username: user, password }],
    },
    requests: [request],
    servers: [
      {
        name: 'sipp',
        host: '192.0.2.10',
        transports: [transport === 'tcp' ? 'TCP' : 'UDP'],
        domain: 'example.test',
        behaviour: { type: 'sipp', xml: sippFile(scenario) },
      },
    ],
  };
}

export function sippFile(name: string): string {
  return readFileSync(new URL(`../../interop/scenarios/${name}.xml`, import.meta.url), 'utf8');
}

function optionsIn(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const options = new Map<string, string[]>();
  for (let at = 0; at < words.length; at += 2) {
    const [name = '', value = ''] = words.slice(at, at + 2);
    options.set(name, [...(options.get(name) ?? []), value]);
  }
  return options;
}

function bodyAt(path: string, type: string | undefined) {
  const text = readFileSync(path, 'utf8');
  const byEnding = basename(path).endsWith('.sdp') ? 'application/sdp' : 'text/plain';
  return { type: type ?? byEnding, text };
}
