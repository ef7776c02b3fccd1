import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../electron/console/contract.ts';
import { nameFault, tidyName, withoutUnseen } from '../../../electron/contract/text-rules.ts';

const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';

describe('a name', () => {
  it.each([
    '商城服务号',
    ' 商城 ',
    'Café e\u0301',
    family.repeat(64),
    '😀'.repeat(64),
    '字'.repeat(64),
    '\u0646\u200c\u0627', // Persian, with the joiner that it is written with
  ])('may be %j', (name) => {
    expect(nameFault(name)).toBeNull();
  });

  it.each([
    ['', 'empty'],
    [' \u3000\u00a0', 'empty'],
    ['\u200b\u200b', 'empty'],
    ['\u3164', 'empty'], // a Hangul filler: a letter that shows nothing
    ['\u2800', 'empty'],
    ['\u0301', 'empty'],
    ['\u200d', 'empty'],
    ['shop\u202egnp', 'banned'],
    ['shop\u2066', 'banned'],
    ['a\nb', 'banned'],
    ['a\tb', 'banned'],
    ['a\u2028b', 'banned'],
    ['a\u0000b', 'banned'],
    ['a\u200bb', 'banned'],
    ['a\ud800', 'banned'],
    ['字'.repeat(65), 'long'],
    ['😀'.repeat(65), 'long'],
    [`a${'\u0301'.repeat(600)}`, 'long'],
  ] as const)('may not be %j (%s)', (name, fault) => {
    expect(nameFault(name)).toBe(fault);
  });

  it('is judged alike by the console, wherever it comes in', () => {
    const add = commands['accounts.add'].input.shape.name;
    const update = commands['accounts.update'].input.shape.changes.shape.name;
    const client = commands['clients.create'].input.shape.name;
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const name = text.trim();
        for (const field of [add, update, client]) {
          expect(field.safeParse(name).success).toBe(nameFault(name) === null);
        }
      }),
    );
  });

  it('out of a file is put right, so that every file has a name in the end', () => {
    expect(tidyName('a\nb\tc', 'wx')).toBe('a b c');
    expect(tidyName('shop\u202egnp', 'wx')).toBe('shopgnp');
    expect(tidyName('\u200b\u3164', 'wx')).toBe('wx');
    expect(tidyName(`${family}商城`, 'wx')).toBe(`${family}商城`);
    expect(tidyName('字'.repeat(200), 'wx')).toBe('字'.repeat(64));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(nameFault(tidyName(text, 'wx0000'))).toBeNull();
      }),
    );
  });
});

it('an identifier loses what cannot be seen and nothing else', () => {
  expect(withoutUnseen('\u200bwx 00\n\uff41\u00ad\u3000\ufeff')).toBe('wx00a');
  fc.assert(
    fc.property(fc.stringMatching(/^[\x21-\x7e]*$/), (text) => {
      expect(withoutUnseen(text)).toBe(text);
    }),
  );
});
