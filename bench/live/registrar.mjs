// The registrar: a process of its own that answers REGISTERs by script. `register.mjs` forks it and asks for its book.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { Book } from './book.mjs';
import { readRegister } from './register-request.mjs';

/** The kernel's default has room for a few hundred small datagrams; what gets lost is to be the script's choice. */
const RECEIVE_OCTETS = 4 * 1024 * 1024;

const { transport, answerAfterMs = 0, ...what } = JSON.parse(process.argv[2]);
const book = new Book({ transport, ...what });
let discarded = 0;

const listen = { udp: listenUdp, tcp: listenTcp }[transport];
listen((port) => process.send({ port }));

process.on('message', () => process.send({ ...book.report(), discarded }, () => process.exit()));
// Whoever started this is gone.
process.on('disconnect', () => process.exit());

function listenUdp(listening) {
  const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_OCTETS });
  socket.on('message', (octets, { port, address }) => {
    take(octets.toString('latin1'), (text) => socket.send(text, port, address));
  });
  socket.bind(0, '127.0.0.1', () => listening(socket.address().port));
}

function listenTcp(listening) {
  const server = createServer((connection) => {
    let rest = '';
    connection.setNoDelay(true);
    connection.on('error', () => undefined);
    connection.on('data', (octets) => {
      // A REGISTER has no body, so each ends with an empty line.
      const messages = (rest + octets.toString('latin1')).split('\r\n\r\n');
      rest = messages.pop() ?? '';
      for (const message of messages) take(`${message}\r\n\r\n`, (text) => connection.write(text));
    });
  });
  server.listen(0, '127.0.0.1', () => listening(server.address().port));
}

function take(text, reply) {
  const request = readRegister(text);
  if (request === undefined) {
    discarded += 1;
    return;
  }
  const answer = book.answer(request);
  if (answer === undefined) return;
  if (answerAfterMs === 0) reply(answer);
  else setTimeout(reply, answerAfterMs, answer);
}
