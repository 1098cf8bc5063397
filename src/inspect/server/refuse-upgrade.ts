// An upgrade that is refused: one answer, and the connection is gone, whatever its other side does.
import type { Duplex } from 'node:stream';
import { STATUS_CODES } from 'node:http';

export function refuseUpgrade(socket: Duplex, status: 403 | 503): void {
  // Node has taken its own listener off: a connection that is reset now would end the whole program.
  socket.on('error', () => undefined);
  const answer = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  // Half open it would be kept for as long as the other side likes, and the server could not close.
  socket.end(answer, () => socket.destroy());
}
