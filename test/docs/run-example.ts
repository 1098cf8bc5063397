// Runs an example of the documents as a program of its own and tells what it prints.
import { resolve } from 'node:path';
import { inspect } from 'node:util';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/** What the example prints, as a terminal would show it. */
export async function runExample(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, loader: 'ts', resolveDir: import.meta.dirname, sourcefile: 'example.ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
    alias: {
      'sip-retry': resolve(root, 'src/index.ts'),
      'sip-retry/policy': resolve(root, 'src/policy/index.ts'),
      'sip-retry/policy/custom': resolve(root, 'src/policy/custom.ts'),
      'sip-retry/policy/describe': resolve(root, 'src/policy/describe.ts'),
      'sip-retry/policy/subscription': resolve(root, 'src/policy/subscription.ts'),
      'sip-retry/request': resolve(root, 'src/request/index.ts'),
      'sip-retry/digest': resolve(root, 'src/digest/index.ts'),
      'sip-retry/machines': resolve(root, 'machines/index.ts'),
      'sip-retry/uac': resolve(root, 'src/uac/index.ts'),
      'sip-retry/transport': resolve(root, 'src/transport/index.ts'),
      'sip-retry/adapters/sip-js': resolve(root, 'src/adapters/sip-js/index.ts'),
      'sip-retry/testing': resolve(root, 'src/testing.ts'),
    },
  });
  const lines: string[] = [];
  const log = console.log;
  console.log = (...values: readonly unknown[]) => {
    lines.push(values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' '));
  };
  try {
    const text = outputFiles[0]?.text ?? '';
    await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
  } finally {
    console.log = log;
  }
  return lines.join('\n');
}
