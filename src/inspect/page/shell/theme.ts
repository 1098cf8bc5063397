// Light or dark: as the reader's system says, until the reader says otherwise.

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'sip-retry inspector theme';

export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    // Storage may be forbidden.
    return 'system';
  }
}

export function storeTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // It then holds for this visit.
  }
}

let following: AbortController | undefined;

export function applyTheme(theme: Theme): void {
  following?.abort();
  following = new AbortController();
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const isDark = theme === 'system' ? dark.matches : theme === 'dark';
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  };
  apply();
  if (theme === 'system') dark.addEventListener('change', apply, { signal: following.signal });
}
