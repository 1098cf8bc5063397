// Draws what happens in scenarios, on standard output or into files.
import { basename, extname, resolve } from 'node:path';
import { renderTranscript, type TranscriptFormat } from '../../simulator/formats/render-transcript.js';
import type { Io } from '../io.js';
import { isFolder, requireOutFile, requireOutFolder, type OutPlace } from '../out/out-place.js';
import { writeWhole, type OutFile } from '../out/write-whole.js';
import { paletteFor } from '../palette.js';
import type { SimulateOptions } from '../simulate.js';
import { UnusableInput } from '../unusable-input.js';
import { runScenario } from './run-scenario.js';
import type { ScenarioFile } from './scenario-files.js';

/** @throws UnusableInput */
export async function drawScenarios(files: readonly ScenarioFile[], options: SimulateOptions, io: Io): Promise<void> {
  const { format, out } = options;
  if (out !== undefined) return drawIntoFiles(files, out, options, io);
  if (files.length > 1 && format !== 'text') {
    throw new UnusableInput('--format', undefined, `${format} of ${files.length} scenarios`, 'a folder as --out');
  }
  if (format === 'pcapng') throw new UnusableInput('--format', undefined, 'pcapng is no text', 'a file as --out');
  // Everything is drawn before anything is printed: a scenario that cannot be used leaves no half of the others behind.
  const drawings: (string | Uint8Array)[] = [];
  for (const file of files) drawings.push(await draw(file, options, io));
  for (const [index, drawing] of drawings.entries()) {
    if (typeof drawing === 'string') io.stdout.write(index === 0 ? drawing : `\n${drawing}`);
  }
}

async function drawIntoFiles(files: readonly ScenarioFile[], out: string, options: SimulateOptions, io: Io) {
  const places = await placesFor(files, out, options.format, io);
  const drawn: OutFile[] = [];
  for (const [index, place] of places.entries()) {
    const file = files[index];
    if (file === undefined) break;
    const drawing = await draw(file, options, io);
    drawn.push({ place, parts: () => [drawing] });
  }
  await writeWhole(drawn);
}

/** One scenario is written into the file that is named, several into the folder. */
async function placesFor(
  files: readonly ScenarioFile[],
  out: string,
  format: TranscriptFormat,
  io: Io,
): Promise<readonly OutPlace[]> {
  if (files.length === 1 && !(await isFolder(resolve(io.cwd, out)))) return [await requireOutFile(out, io)];
  const names = files.map(({ name }) => basename(name, extname(name)) + ENDINGS[format]);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UnusableInput('--out', undefined, `two scenarios would be written as ${twice}`, 'one folder at a time');
  }
  return requireOutFolder(out, names, io);
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
