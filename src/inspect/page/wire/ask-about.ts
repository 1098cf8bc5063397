// What the inspector is called.
import { withToken } from './token.js';

export async function askAbout(token: string): Promise<string | undefined> {
  try {
    const answer = await fetch('/about', { headers: withToken(token) });
    const about: unknown = answer.ok ? await answer.json() : undefined;
    return typeof about === 'object' && about !== null && 'title' in about ? String(about.title) : undefined;
  } catch {
    return undefined;
  }
}
