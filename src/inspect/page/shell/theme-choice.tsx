// The choice of light, dark, or what the system says.
import { useState } from 'preact/hooks';
import { storeTheme, storedTheme, type Theme } from './theme.js';

const NEXT: { readonly [K in Theme]: Theme } = { system: 'light', light: 'dark', dark: 'system' };
const SIGNS: { readonly [K in Theme]: string } = { system: '◐', light: '☀', dark: '☾' };

export function ThemeChoice() {
  const [theme, setTheme] = useState(storedTheme);
  return (
    <button
      type="button"
      class="icon"
      aria-label={`Colours: ${theme}`}
      title={`Colours: ${theme}; change to ${NEXT[theme]}`}
      onClick={() => {
        storeTheme(NEXT[theme]);
        setTheme(NEXT[theme]);
      }}
    >
      {SIGNS[theme]}
    </button>
  );
}
