import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireOutFile, requireOutFolder, type OutPlace } from '../../../src/cli/out/out-place.js';
import { writeWhole } from '../../../src/cli/out/write-whole.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sip-retry-out-'));
});
afterEach(() => rm(folder, { recursive: true }));

function fileOf(place: OutPlace, ...parts: string[]) {
  return { place, parts: () => parts };
}

describe('the place of a result', () => {
  it('is a file in a folder that is there, and asking leaves nothing behind', async () => {
    const place = await requireOutFile('a.txt', { cwd: folder });
    expect(place).toEqual({ path: join(folder, 'a.txt'), name: 'a.txt', isReplaced: true });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['none/a.txt', 'none/a.txt: the folder for it is missing; expected a file that can be written'],
    ['.', '.: it is a folder; expected a file that can be written'],
    ['x'.repeat(300), 'its name is too long'],
  ])('is not %s', async (name, why) => {
    const place = requireOutFile(name, { cwd: folder });
    // The name of the file itself is tried when it is written.
    await expect(place.then((known) => writeWhole([fileOf(known, '')]))).rejects.toThrow(why);
  });

  it('is a folder that is made where only it is missing', async () => {
    const [place] = await requireOutFolder('new', ['a.txt'], { cwd: folder });
    expect(place).toMatchObject({ path: join(folder, 'new', 'a.txt'), name: 'new/a.txt' });
    expect((await stat(join(folder, 'new'))).isDirectory()).toBe(true);
    await expect(requireOutFolder('a/b', ['a.txt'], { cwd: folder })).rejects.toThrow(
      'a/b: the folder for it is missing',
    );
  });
});

describe('files that are written whole', () => {
  it('take the place of what stood there when all are complete', async () => {
    await writeFile(join(folder, 'a.txt'), 'before');
    const places = await requireOutFolder(folder, ['a.txt', 'b.txt'], { cwd: folder });
    await writeWhole(places.map((place) => fileOf(place, 'after', ' all')));
    expect(await readdir(folder)).toEqual(['a.txt', 'b.txt']);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('after all');
  });

  it('leave what stood there, and no part of themselves, when one of them cannot be written', async () => {
    await writeFile(join(folder, 'a.txt'), 'before');
    const first = await requireOutFile('a.txt', { cwd: folder });
    const full = await requireOutFile('/dev/full', { cwd: folder });
    await expect(writeWhole([fileOf(first, 'after'), fileOf(full, 'after')])).rejects.toThrow(
      '/dev/full: the disk is full; expected a file that can be written',
    );
    expect(await readdir(folder)).toEqual(['a.txt']);
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('before');
  });

  it('tell what came in their way meanwhile', async () => {
    const place = await requireOutFile('a.txt', { cwd: folder });
    await mkdir(join(folder, 'a.txt'));
    await expect(writeWhole([fileOf(place, 'x')])).rejects.toThrow('a.txt: it is a folder');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('go through a symbolic link and into a device, and leave both what they are', async () => {
    await writeFile(join(folder, 'a.txt'), 'before');
    await symlink('a.txt', join(folder, 'link'));
    await symlink('/dev/null', join(folder, 'nowhere'));
    for (const name of ['link', 'nowhere']) {
      await writeWhole([fileOf(await requireOutFile(name, { cwd: folder }), 'after')]);
      expect((await lstat(join(folder, name))).isSymbolicLink()).toBe(true);
    }
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('after');
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });
});
