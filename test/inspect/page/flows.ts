// Flows that the tests look at.
import type { ScenarioInput } from '../../../src/simulator/index.js';

/** A registration that is challenged, corrected and sent on; a call that has to wait; a call that is refused. */
export const threeRequests: ScenarioInput = {
  name: 'Three requests',
  uac: { credentials: [{ realm: 'example.com', username: 'alice', password: 'wonderland' }] },
  requests: [
    { id: 'register', method: 'REGISTER', uri: 'sip:example.com', from: 'sip:alice@example.com', expires: 60 },
    { id: 'call', at: '500 ms', method: 'INVITE', uri: 'sip:bob@busy.example', from: 'sip:alice@example.com' },
    { id: 'message', at: '9 s', method: 'MESSAGE', uri: 'sip:carol@busy.example', from: 'sip:alice@example.com' },
  ],
  servers: [
    {
      name: 'registrar',
      host: '192.0.2.10',
      domain: 'example.com',
      behaviour: { type: 'registrar', minExpires: 600, challenge: { realm: 'example.com' } },
    },
    {
      name: 'gateway',
      host: '192.0.2.20',
      domain: 'busy.example',
      script: [
        { status: 100, when: { method: 'INVITE' } },
        { status: 486, headers: { 'Retry-After': '20' } },
        { status: 404, when: { method: 'MESSAGE' } },
        { status: 180 },
        { status: 200, after: '2 s' },
      ],
    },
  ],
};
