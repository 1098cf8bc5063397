// Replies of one kind, each made once: the same reply to a thousand clients is one object, and nobody changes it.
import type { Reply } from './message-templates.js';

const MOST = 4_096;

export class ReplyShelf {
  readonly #replies = new Map<number, Reply>();
  #control = '';

  /**
   * @param key what it says, apart from overload control.
   * @param control what it says of overload; the replies that said something else are not given again.
   */
  get(key: number, control: string, make: () => Reply): Reply {
    if (control !== this.#control || this.#replies.size >= MOST) this.#replies.clear();
    this.#control = control;
    const known = this.#replies.get(key);
    if (known !== undefined) return known;
    const reply = make();
    this.#replies.set(key, reply);
    return reply;
  }
}
