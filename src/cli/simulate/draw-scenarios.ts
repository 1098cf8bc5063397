// Draws what happens in scenarios, on standard output or into files.
import { basename, extname, join, resolve } from 'node:path';
import { renderTranscript, type TranscriptFormat } from '../../simulator/formats/render-transcript.js';
import type { Io } from '../io.js';
import { paletteFor } from '../palette.js';
import type { SimulateOptions } from '../simulate.js';
import { UnusableInput } from '../unusable-input.js';
import { runScenario } from './run-scenario.js';
import type { ScenarioFile } from './scenario-files.js';
import { writeWhole } from './write-whole.js';

/** @throws UnusableInput */
export async function drawScenarios(files: readonly ScenarioFile[], options: SimulateOptions, io: Io): Promise<void> {
  const { format, out } = options;
  if (out === undefined && files.length > 1 && format !== 'text') {
    throw new UnusableInput('--format', undefined, `${format} of ${files.length} scenarios`, 'a folder as --out');
  }
  if (out === undefined && format === 'pcapng') {
    throw new UnusableInput('--format', undefined, 'pcapng is no text', 'a file as --out');
  }
  // Everything is drawn before anything is written: a scenario that cannot be used leaves no half of the others behind.
  const drawings: { readonly file: ScenarioFile; readonly drawing: string | Uint8Array }[] = [];
  for (const file of files) drawings.push({ file, drawing: await draw(file, options, io) });
  for (const [index, { file, drawing }] of drawings.entries()) {
    if (out !== undefined) {
      const path = files.length === 1 ? out : join(out, nameIn(file, format));
      await writeWhole(resolve(io.cwd, path), drawing, path);
    } else if (typeof drawing === 'string') io.stdout.write(index === 0 ? drawing : `\n${drawing}`);
  }
}

async function draw(file: ScenarioFile, options: SimulateOptions, io: Io): Promise<string | Uint8Array> {
  const transcript = await runScenario(await file.read(), file.name, options.seed);
  const { columns } = io.stdout;
  const isPrinted = options.out === undefined;
  return renderTranscript(transcript, options.format, {
    ...(isPrinted && columns !== undefined ? { columns } : {}),
    ...(isPrinted ? { colour: paletteFor(io.stdout, io).isColorSupported } : {}),
    ...(options.details === true ? { details: true } : {}),
    ...(options.ascii === true ? { ascii: true } : {}),
  });
}

const ENDINGS: Readonly<Record<TranscriptFormat, string>> = {
  text: '.txt',
  mermaid: '.mmd',
  svg: '.svg',
  html: '.html',
  json: '.json',
  pcapng: '.pcapng',
};

function nameIn({ name }: ScenarioFile, format: TranscriptFormat): string {
  return basename(name, extname(name)) + ENDINGS[format];
}
