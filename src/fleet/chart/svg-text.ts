// Pieces of SVG: elements, and text that a peer or a file has written.

/** An element. Values of attributes are numbers, or texts that are escaped here. */
export function element(
  name: string,
  attributes: { readonly [name: string]: string | number },
  ...children: readonly string[]
): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`)
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

/** A line of text. */
export function label(x: number, y: number, text: string, className: string, anchor = 'start'): string {
  return element('text', { x, y, class: className, 'text-anchor': anchor }, escaped(text));
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A tenth of a pixel is as fine as anybody sees. */
function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
