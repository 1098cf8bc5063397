// A chart that the server lays out: of an edited policy, or with some of its states closed.
import type { LayoutAnswer, LayoutRequest } from '../../lay-out-request.js';
import { withToken } from './token.js';

export async function askLayout(token: string, request: LayoutRequest): Promise<LayoutAnswer> {
  try {
    const answer = await fetch('/layout', {
      method: 'POST',
      headers: { ...withToken(token), 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    });
    // The server is ours, and it is of the same version as the page.
    return (await answer.json()) as LayoutAnswer;
  } catch {
    return { defects: ['The inspector does not answer; is it still running?'] };
  }
}
