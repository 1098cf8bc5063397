// The focus where the reader is: what it was on may be gone after its own action.
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** When the element with the focus has left the panel, what the panel shows in its place takes the focus. */
export function useKeptFocus(panel: RefObject<HTMLElement | null>): void {
  const last = useRef<Element | undefined>(undefined);
  useEffect(() => {
    const note = ({ target }: FocusEvent): void => {
      last.current = target instanceof Element && panel.current?.contains(target) === true ? target : undefined;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [panel]);
  useLayoutEffect(() => {
    if (last.current === undefined || last.current.isConnected || document.activeElement !== document.body) return;
    last.current = undefined;
    panel.current?.querySelector<HTMLElement>('.scroll, .rows')?.focus({ preventScroll: true });
  });
}
