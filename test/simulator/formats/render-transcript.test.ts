import { describe, expect, it } from 'vitest';
import { renderTranscript, transcriptFormats } from '../../../src/simulator/formats/render-transcript.js';
import { registration, transcripts } from './transcripts.js';

describe('renderTranscript', () => {
  it.each(transcriptFormats)('writes %s the same every time', (format) => {
    for (const make of Object.values(transcripts)) {
      expect(renderTranscript(make(), format)).toEqual(renderTranscript(make(), format));
    }
  });

  it('writes JSON that is the transcript', () => {
    const text = renderTranscript(registration(), 'json');
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual(registration());
  });

  it('gives octets for a capture file and text for everything else', () => {
    expect(renderTranscript(registration(), 'pcapng')).toBeInstanceOf(Uint8Array);
    for (const format of ['text', 'mermaid', 'svg', 'html', 'json'] as const) {
      expect(renderTranscript(registration(), format)).toMatch(/\n$/);
    }
  });
});
