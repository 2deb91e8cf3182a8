import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readJsonFile } from './read-json-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-json-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: string | Uint8Array): string {
  const path = join(folder, `${Math.abs(hash(String(content)))}.txt`);
  writeFileSync(path, content);
  return path;
}

function hash(text: string): number {
  return [...text].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) | 0, 7);
}

describe('readJsonFile', () => {
  it.each([
    { says: 'plain JSON', content: '{"a": 1}', value: { a: 1 } },
    { says: 'JSON behind a byte order mark', content: '\uFEFF{"a": 1}', value: { a: 1 } },
    { says: 'null', content: 'null\n', value: null },
  ])('reads $says, whatever the name of the file', ({ content, value }) => {
    expect(readJsonFile(fileOf(content), 'state')).toEqual(value);
  });

  it.each([
    { says: 'an empty file', content: ' \n', message: 'is empty; expected JSON.' },
    { says: 'UTF-16', content: Buffer.from('\uFEFF{}', 'utf16le'), message: 'is UTF-16 text; expected UTF-8' },
    { says: 'bytes that are no text', content: Buffer.from([0x7b, 0xc3, 0x28]), message: 'is not UTF-8 text.' },
    {
      says: 'a trailing comma, with its place',
      content: '{\n  "secret": "s3cret",\n}',
      message: 'is not JSON: something is wrong at line 3, column 1.',
    },
  ])('refuses $says', ({ content, message }) => {
    const path = fileOf(content);
    expect(() => readJsonFile(path, 'config')).toThrow(`The config file ${path} ${message}`);
  });

  it('says that a file does not exist, and that a folder is none', () => {
    expect(() => readJsonFile(join(folder, 'absent.json'), 'catalog')).toThrow(
      /^The catalog file .*absent\.json does not exist\.$/,
    );
    expect(() => readJsonFile(folder, 'config')).toThrow(/is a folder; expected a file\.$/);
  });

  it('quotes nothing of a file that is not JSON', () => {
    const path = fileOf('{"secret": s3cret-token}');
    let thrown: unknown;
    try {
      readJsonFile(path, 'config');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Error);
    expect(`${(thrown as Error).stack} ${String((thrown as Error).cause)}`).not.toContain('s3cret');
  });
});
