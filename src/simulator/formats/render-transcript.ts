// A transcript in the format that somebody wants to look at it with.
import type { Transcript } from '../transcript.js';
import { renderHtml } from './html/render-html.js';
import { renderJson } from './json.js';
import { renderMermaid } from './mermaid.js';
import { renderPcapng } from './pcapng/render-pcapng.js';
import { renderSvg } from './svg/render-svg.js';
import { renderText, type TextOptions } from './text/text-ladder.js';

/**
 * What a transcript can be written as: a ladder for a terminal, a Mermaid diagram, a picture, a page, the transcript
 * itself, or a capture file for Wireshark and sngrep.
 */
export const transcriptFormats = ['text', 'mermaid', 'svg', 'html', 'json', 'pcapng'] as const;
export type TranscriptFormat = (typeof transcriptFormats)[number];

/** `columns`, `colour` and `ascii` are for text alone; `details` for everything that draws a ladder. */
export type RenderOptions = TextOptions;

/** The transcript in this format: octets for `pcapng`, text for everything else. */
export function renderTranscript(transcript: Transcript, format: 'pcapng', options?: RenderOptions): Uint8Array;
export function renderTranscript(
  transcript: Transcript,
  format: Exclude<TranscriptFormat, 'pcapng'>,
  options?: RenderOptions,
): string;
export function renderTranscript(
  transcript: Transcript,
  format: TranscriptFormat,
  options?: RenderOptions,
): string | Uint8Array;
export function renderTranscript(
  transcript: Transcript,
  format: TranscriptFormat,
  options: RenderOptions = {},
): string | Uint8Array {
  return renderers[format](transcript, options);
}

const renderers: {
  readonly [K in TranscriptFormat]: (transcript: Transcript, options: RenderOptions) => string | Uint8Array;
} = {
  text: renderText,
  mermaid: renderMermaid,
  svg: renderSvg,
  html: renderHtml,
  json: renderJson,
  pcapng: renderPcapng,
};
