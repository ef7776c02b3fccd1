import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const paper = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const named = [...paper.matchAll(/\]\((test\/[^)]+)\) “([^”]+)”/g)].map(([, file = '', title = '']) => ({
  file,
  title,
}));

describe('SECURITY.md', () => {
  it('has a line for each of Electron’s 20 recommendations, with a reason or a test in its last cell', () => {
    const rows = [...paper.matchAll(/^\| (\d+) \|(.*)\|$/gm)];
    expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    for (const [, , cells = ''] of rows) {
      expect(cells.split('|').map((cell) => cell.trim().length > 0)).toEqual([true, true, true]);
    }
  });

  it.each(named)('names a test that is there: $file “$title”', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true);
    expect(readFileSync(join(root, file), 'utf8')).toContain(title);
  });

  it('names tests in each of its parts', () => {
    expect(named.length).toBeGreaterThan(35);
  });

  it('links to nothing that is not there', () => {
    const links = [...paper.matchAll(/\]\((?!https:)([^)#]+)\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
