/** The table of ratios as text: sections with an empty line between them, the machine and the aims first. */
export function tableOf(results: unknown, machine: unknown): string;
