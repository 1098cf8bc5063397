// What the parts of a scenario must agree on: names that are unique, names that exist, an end.
import type { z } from 'zod';
import { requestIds } from '../request-ids.js';
import type { request } from './request.js';
import type { server } from './server.js';
import type { expectation } from './expectation.js';
import type { Readonlys } from './readonly.js';

/** What is looked at of a scenario. */
export interface Agreeing {
  readonly requests: readonly Readonlys<z.output<typeof request>>[];
  readonly servers: readonly Readonlys<z.output<typeof server>>[];
  readonly stopAfter?: number | undefined;
  readonly expect?: Readonlys<z.output<typeof expectation>> | undefined;
}

/** One thing that does not fit another; the message ends with what to use. */
export interface Disagreement {
  readonly path: (string | number)[];
  readonly message: string;
}

/** Everything that does not fit. */
export function disagreementsOf(scenario: Agreeing): readonly Disagreement[] {
  return [...amongServers(scenario), ...amongRequests(scenario), ...inExpectations(scenario)];
}

function amongServers({ servers }: Agreeing): readonly Disagreement[] {
  const names = servers.map(({ name }) => name);
  const places = servers.map(({ host, port = 5060 }) => `${host} ${port}`);
  return servers.flatMap(({ name, behaviour }, index) => {
    const to = behaviour?.type === 'proxy' ? behaviour.to : undefined;
    return [
      ...(names.indexOf(name) < index || name === 'uac'
        ? [disagreement(['servers', index, 'name'], 'another name: this one is taken')]
        : []),
      ...(places.indexOf(places[index] ?? '') < index
        ? [disagreement(['servers', index, 'host'], 'another address: this one is taken')]
        : []),
      ...(to !== undefined && !to.includes(':') && !names.includes(to)
        ? [disagreement(['servers', index, 'behaviour', 'to'], `the name of a server (${names.join(', ')}) or a URI`)]
        : []),
    ];
  });
}

function amongRequests({ requests, stopAfter }: Agreeing): readonly Disagreement[] {
  const ids = requestIds({ requests });
  return requests.flatMap(({ id, method, keep, unregisterAfter }, index) => [
    ...(id !== undefined && ids.indexOf(id) < index
      ? [disagreement(['requests', index, 'id'], 'another id: this one is taken')]
      : []),
    ...(keep === true && method !== 'REGISTER'
      ? [disagreement(['requests', index, 'keep'], '"keep" with a REGISTER only')]
      : []),
    ...(keep === true && stopAfter === undefined && unregisterAfter === undefined
      ? [disagreement(['requests', index, 'keep'], '"stopAfter" or "unregisterAfter" with it: it would never end')]
      : []),
  ]);
}

function inExpectations({ requests, expect }: Agreeing): readonly Disagreement[] {
  const ids = requestIds({ requests });
  const unknown = (id: string | undefined, path: (string | number)[]): readonly Disagreement[] =>
    id === undefined || ids.includes(id.split('/', 1)[0] ?? '')
      ? []
      : [disagreement(['expect', ...path], `the id of a request (${ids.join(', ')})`)];
  const { outcome = {}, decisions = [], noEarlierThan = [], noLaterThan = [] } = expect ?? {};
  return [
    ...(typeof outcome === 'string' ? [] : Object.keys(outcome).flatMap((id) => unknown(id, ['outcome', id]))),
    ...decisions.flatMap(({ request: id }, index) => unknown(id, ['decisions', index, 'request'])),
    ...noEarlierThan.flatMap(({ request: id }, index) => unknown(id, ['noEarlierThan', index, 'request'])),
    ...noLaterThan.flatMap(({ request: id }, index) => unknown(id, ['noLaterThan', index, 'request'])),
  ];
}

function disagreement(path: (string | number)[], use: string): Disagreement {
  return { path, message: `Invalid value: use ${use}` };
}
