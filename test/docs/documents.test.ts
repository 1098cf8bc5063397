// The documents are true: examples run and print what they say, the table is current, links lead somewhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentPicture, currentReadme } from '../../scripts/write-readme.js';
import { runProgram } from '../cli/run-program.js';
import { runExample } from './run-example.js';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('README', () => {
  const examples = [...readme.matchAll(/<!-- run -->\n```ts\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)];

  it('marks every TypeScript example to be run', () => {
    expect(examples.length).toBeGreaterThanOrEqual(3);
    expect(examples).toHaveLength([...readme.matchAll(/^```ts$/gm)].length);
  });

  it.each(
    examples.map(([, code = '', printed = '']) => [/console\.log\(([^)]*)/.exec(code)?.[1] ?? '', code, printed]),
  )('the example that prints %s prints it', async (_name, code, printed) => {
    expect(await runExample(code)).toBe(printed.trimEnd());
  });

  it('shows the file that the examples import as it is', () => {
    const [, name = '', text] = /<!-- file: (\S+) -->\n```js\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(text).toBe(readFileSync(join(import.meta.dirname, name), 'utf8'));
  });

  it('shows a ladder that the command above it draws', async () => {
    const [, command = '', ladder = ''] =
      /^node dist\/cli\.js (simulate \S+) .*# a ladder on the terminal$[\s\S]*?```text\n([\s\S]*?)```/m.exec(readme) ??
      [];
    const [name = '', scenario = ''] = command.split(' ');
    expect((await runProgram([name, join(root, scenario)])).stdout).toContain(ladder);
    expect(ladder).toContain('raise the interval');
  });

  it('has the table of codes as the policy says it now (npm run docs writes it)', () => {
    expect(currentReadme(readme)).toBe(readme);
  });

  it('has the picture of the policy as it is now (npm run docs draws it)', async () => {
    expect(readFileSync(join(root, 'pictures/policy.svg'), 'utf8')).toBe(await currentPicture());
  });

  it('names only commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm (?:run )?(start|test\S*|bench\S*|export|docs)\b/g)].map(
      ([, name = '']) => name,
    );
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

const pages = ['README.md', 'CHANGELOG.md', 'SECURITY.md', 'examples/README.md', ...list('decisions')];
const { files: shipped } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  files: readonly string[];
};

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, link = '']) => join(dirname(page), link));

  it('links only to what is there', () => {
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });

  it('is in the package with all that it links to', () => {
    expect([page, ...links].filter((path) => !shipped.some((pattern) => isTakenBy(path, pattern)))).toEqual([]);
  });

  it('speaks of the project alone', () => {
    expect(text).not.toMatch(/\/(?:work|tmp|root)\/|shared\/|registry\./);
  });
});

describe('docstrings', () => {
  const examples = [...list('src'), ...list('machines')].flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/@example\n([\s\S]*?)\n \*\//g)].map(([, code = '']) => ({ file, code }));
  });

  it.each(examples)('the example in $file runs', async ({ code }) => {
    const lines = code.split('\n').map((line) => line.replace(/^ \* ?/, ''));
    const expected = lines.flatMap((line) => /\/\/ → (.*)$/.exec(line)?.[1] ?? []);
    expect(expected.length).toBeGreaterThan(0);
    expect(await runExample(lines.filter((line) => !line.startsWith('```')).join('\n'))).toBe(expected.join('\n'));
  });

  it('there are some', () => {
    expect(examples.length).toBeGreaterThan(0);
  });
});

function list(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.(?:ts|md)$/.test(name));
}

/** Whether an entry of package.json's `files` takes this path into the package: a file, a folder, or a folder's `*.ending`. */
function isTakenBy(path: string, pattern: string): boolean {
  if (path === pattern || path.startsWith(`${pattern}/`)) return true;
  const [folder, ending] = pattern.split('/*');
  return ending !== undefined && dirname(path) === folder && path.endsWith(ending);
}
