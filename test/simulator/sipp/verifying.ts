// A SIPp server that challenges once and verifies.
import { register } from '../running.js';
import { answer, recv, runSipp } from './sipp-texts.js';

/** The answer with a challenge. */
export function challengeFor(params: string, status: 401 | 407 = 401): string {
  const [phrase, row] =
    status === 401 ? ['Unauthorized', 'WWW-Authenticate'] : ['Proxy Authentication Required', 'Proxy-Authenticate'];
  return answer(`${status} ${phrase}`, [`${row}: Digest realm="example.com", nonce="n1", ${params}`]);
}

/** The status code of the second answer, where this is the password that the server knows. */
export async function runVerify(challenge: string, password: string): Promise<string | undefined> {
  const { sent } = await runSipp(register, [
    recv('REGISTER'),
    challenge,
    recv('REGISTER', 'next="in" test="ok"', `<verifyauth assign_to="ok" username="alice" password="${password}"/>`),
    answer('403 Forbidden'),
    '<nop next="end"/>',
    '<label id="in"/>',
    answer('200 OK'),
    '<label id="end"/>',
    '<nop/>',
  ]);
  return sent[1]?.slice(8, 11);
}
