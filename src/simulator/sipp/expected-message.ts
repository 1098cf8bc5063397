// Which <recv> a message is for, as SIPp looks for it: this one, the ones behind it if it is optional, and the optional ones before.
import type { RecvCommand, SippCommand } from './program.js';
import type { Received } from './received.js';

/** The command, and its index; `undefined` where nobody expects the message. */
export function matchOf(
  commands: readonly SippCommand[],
  at: number,
  message: Received,
): { readonly command: RecvCommand; readonly index: number } | undefined {
  for (let index = at; ; index += 1) {
    const command = commands[index];
    if (command?.do !== 'recv') break;
    if (isFor(command, message)) return { command, index };
    if (!command.optional) break;
  }
  for (let index = at - 1; ; index -= 1) {
    const command = commands[index];
    if (command?.do !== 'recv' || !command.optional) return undefined;
    if (isFor(command, message)) return { command, index };
  }
}

/** What is expected there, in words: `ACK or BYE`. */
export function expectedAt(commands: readonly SippCommand[], at: number): string {
  const words: string[] = [];
  for (let index = at; ; index += 1) {
    const command = commands[index];
    if (command?.do !== 'recv') break;
    words.push(command.request ?? `a ${command.response ?? 'message'}`);
    if (!command.optional) break;
  }
  return words.join(' or ');
}

function isFor({ request, response, pattern }: RecvCommand, { method, status }: Received): boolean {
  if (method === undefined) return response !== undefined && response === String(status);
  return pattern === undefined ? request === method : pattern.test(method);
}
