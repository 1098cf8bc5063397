// Extended regular expressions of POSIX, as SIPp uses them, for JavaScript.

/** The same pattern; `undefined` where there is none. A dot matches line breaks, too. */
export function posixPattern(written: string, ignoreCase: boolean): RegExp | undefined {
  try {
    return new RegExp(withClasses(written), ignoreCase ? 'si' : 's');
  } catch {
    return undefined;
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

/** `[[:digit:].]` is `[0-9.]`; `[]a]` and `[^]a]` begin with a bracket that stands for itself. */
function withClasses(written: string): string {
  return written.replace(/\\.|\[\^?\]?(?:\[:[a-z]+:\]|\\.|[^\]\\])*\]/g, (part) => {
    if (!part.startsWith('[')) return part;
    return part
      .replace(/\[:([a-z]+):\]/g, (whole, name: string) => CLASSES[name] ?? whole)
      .replace(/^(\[\^?)\](?=.*\])/s, '$1\\]');
  });
}
