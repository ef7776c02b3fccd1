import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandError, errorClass, notice, phase, trigger } from '../../../electron/console/contract.ts';
import { systemLanguage } from '../../../renderer/i18n.ts';
import { en } from '../../../renderer/locales/en.ts';
import { zh } from '../../../renderer/locales/zh.ts';

function textsOf(words: object, at = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${at}${key}`, value] as const] : [...textsOf(value, `${at}${key}.`)],
    ),
  );
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).toSorted();

describe('the two languages', () => {
  const chinese = textsOf(zh);
  const english = textsOf(en);

  it('have the same words, none of them empty', () => {
    expect([...english.keys()]).toEqual([...chinese.keys()]);
    for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe('');
  });

  it('fill the same places', () => {
    for (const [key, text] of chinese) {
      // English alone has a singular, which names its number in words.
      if (key.endsWith('_one')) continue;
      expect(placeholders(english.get(key) ?? ''), key).toEqual(placeholders(text));
    }
  });

  it('stay calm: no exclamation marks, no blame', () => {
    for (const [key, text] of [...chinese, ...english]) {
      expect(text, key).not.toMatch(/[!！]|出错了|失败了|Oops|Sorry/);
    }
  });

  it('say something for everything the contract can name', () => {
    expect(Object.keys(zh.phase)).toEqual(phase.options);
    expect(Object.keys(zh.trigger)).toEqual(trigger.options);
    expect(Object.keys(zh.errorClass)).toEqual(errorClass.options);
    expect(Object.keys(zh.classDoes)).toEqual(errorClass.options);
    for (const code of commandError.shape.code.options) expect(zh.commandError).toHaveProperty(code);
    for (const id of notice.shape.id.options) expect(zh.notice).toHaveProperty(id);
  });

  it('hold no word that nobody says', () => {
    const folder = fileURLToPath(new URL('../../../renderer', import.meta.url));
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('locales'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    const unused = [...chinese.keys()].filter((key) => {
      const name = key.replace(/_(one|other)$/, '');
      const parts = name.split('.');
      // `t(`phase.${phase}`)`: said by its group.
      const isBuilt = parts.some((_, i) => i > 0 && sources.includes(`${parts.slice(0, i).join('.')}.\${`));
      return !isBuilt && !sources.includes(`'${name}'`);
    });
    expect(unused).toEqual([]);
  });
});

describe('the language of a system', () => {
  it('is Chinese for any Chinese, else English', () => {
    expect(['zh', 'zh-CN', 'zh-Hant-TW', 'ZH-hk'].map((tag) => systemLanguage([tag, 'en']))).toEqual(
      Array(4).fill('zh'),
    );
    expect(systemLanguage(['en-GB', 'zh-CN'])).toBe('en');
    expect(systemLanguage(['de'])).toBe('en');
    expect(systemLanguage([])).toBe('en');
  });
});
