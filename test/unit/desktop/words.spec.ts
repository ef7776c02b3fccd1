import { expect, it } from 'vitest';
import { en } from '../../../electron/desktop/words/en.ts';
import { zh } from '../../../electron/desktop/words/zh.ts';

const FACTS = { name: 'N', ip: '203.0.113.7', until: '13:00', left: '5 min', secret: 'frozen' as const };
const NOTHING = { ...FACTS, ip: null, until: null, left: null };

/** Every text there is, by where it stands; a function is called with the most and the least there can be. */
function texts(words: unknown, path = ''): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') {
    const given = path.startsWith('.notice')
      ? [[FACTS], [NOTHING]]
      : [
          [1, 'N'],
          [2, 'N', true],
        ];
    return given.flatMap((args, i) => texts(words(...args), `${path}(${i})`));
  }
  return Object.entries(words as object).flatMap(([key, value]) => texts(value, `${path}.${key}`));
}

it('both languages say the same things', () => {
  const places = (words: unknown) => texts(words).map(([path]) => path);
  expect(places(en)).toEqual(places(zh));
  expect(places(zh).length).toBeGreaterThan(80);
});

it('nothing is empty, shouts, or shows an unfilled place', () => {
  for (const [path, text] of [...texts(zh), ...texts(en)]) {
    expect([path, text.trim()]).not.toEqual([path, '']);
    expect([path, text]).toEqual([path, expect.not.stringMatching(/[!！]|undefined|null|\[object/)]);
  }
});

it('Chinese is Chinese, and English is not', () => {
  for (const [path, text] of texts(en))
    expect([path, text]).toEqual([path, expect.not.stringMatching(/[一-鿿]/)]);
  const latin = /^(\.locale|\.nameList|\.listComma)/;
  for (const [path, text] of texts(zh))
    if (!latin.test(path)) expect([path, text]).toEqual([path, expect.stringMatching(/[一-鿿]/)]);
});
