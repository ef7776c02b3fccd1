import { expect, it } from 'vitest';
import { z } from 'zod';
import {
  type AccountKind,
  type ErrorEntry,
  type ErrorStep,
  errorEntry,
  type TokenLine,
} from '../../../electron/console/contract.ts';
import { catalogue } from '../../../electron/wechat/catalogue.ts';
import { PLACES } from '../../../electron/wechat/pages.ts';
import { classOf } from '../../../electron/wechat/reply.ts';
import type { FailureReason } from '../../../electron/wechat/wechat.ts';

const ERRCODES = [
  -1, 0, 40001, 40002, 40013, 40014, 40090, 40125, 40164, 40201, 40202, 40203, 40243, 41001, 41002, 41004,
  42001, 42007, 43002, 43003, 44002, 45009, 45011, 45035, 47001, 48001, 48006, 50002, 50004, 50007, 61004,
  61024, 76001, 76002, 76003, 76004, 76021, 76022, 89501, 89502, 89503, 89504, 89505, 89506, 89507,
];
const REASONS = {
  dns: true,
  'connection-refused': true,
  'connection-lost': true,
  timeout: true,
  tls: true,
  proxy: true,
  'proxy-variable': true,
  offline: true,
  network: true,
  'http-status': true,
  redirect: true,
  'too-large': true,
  unreadable: true,
} satisfies Record<FailureReason, true>;

const entries = catalogue();

it('has every known errcode and every reason once', () => {
  const codes = entries.map(({ code }) => String(code)).sort();
  expect(codes).toEqual([...ERRCODES.map(String), ...Object.keys(REASONS)].sort());
});

it('fits the contract', () => {
  expect(z.array(errorEntry).safeParse(entries).error).toBeUndefined();
});

/** The texts that break a rule, each after its entry's code. */
function breaking(rule: (words: string) => boolean, language: 'zh' | 'en') {
  return entries.flatMap(({ code, meaning, cause, steps }) =>
    [meaning, cause, ...steps]
      .map((each) => each[language])
      .filter((words) => !rule(words))
      .map((words) => `${code}: ${words}`),
  );
}

const KINDS: readonly AccountKind[] = ['official', 'mini'];
const LINES: readonly TokenLine[] = ['standard', 'stable'];

function stepsOf({ steps }: ErrorEntry, kind: AccountKind, line: TokenLine): readonly ErrorStep[] {
  return steps.filter((step) => (step.kind ?? kind) === kind && (step.line ?? line) === line);
}

it('has one to five steps for each kind of account on each line', () => {
  const wrong = entries.flatMap((entry) =>
    KINDS.flatMap((kind) =>
      LINES.flatMap((line) => {
        const { length } = stepsOf(entry, kind, line);
        return length < 1 || length > 5 ? [`${entry.code} ${kind} ${line}: ${length}`] : [];
      }),
    ),
  );
  expect(wrong).toEqual([]);
});

it('leaves to the console what the console does by itself', () => {
  const byItself =
    /控制台(会|将|自己|自动|不会|每隔|隔)|自动(重试|再试|检查|刷新)|the console (will|does|tries|checks|waits|asks|retries|refreshes|shows)|by itself/i;
  const wrong = entries.flatMap(({ code, steps }) =>
    steps.filter(({ zh, en }) => byItself.test(zh) || byItself.test(en)).map(({ en }) => `${code}: ${en}`),
  );
  expect(wrong).toEqual([]);
});

it('says no step twice, and none for a place it does not open', () => {
  for (const { code, steps } of entries) {
    for (const language of ['zh', 'en'] as const) {
      expect(new Set(steps.map((step) => step[language])).size, String(code)).toBe(steps.length);
    }
  }
  const links = new Set(entries.flatMap(({ steps }) => steps.flatMap(({ link }) => link ?? [])));
  expect([...links].toSorted()).toEqual(Object.values(PLACES).toSorted());
});

it('tells each kind of account where its whitelist and its AppSecret are', () => {
  const placesOf = (code: number, kind: AccountKind) =>
    entries
      .filter((entry) => entry.code === code)
      .flatMap((entry) => stepsOf(entry, kind, 'stable').flatMap(({ link }) => link ?? []));
  for (const code of [40164, 61004, 40001, 40125, 40243]) {
    expect(placesOf(code, 'official'), String(code)).toEqual([PLACES.platform]);
    expect(placesOf(code, 'mini'), String(code)).toEqual([PLACES.mp]);
  }
});

it('classes each code as a reply is classed', () => {
  const wrong = entries.filter(({ code, class: name }) =>
    typeof code === 'string' ? name !== 'transient' : classOf(code) !== (name === 'use' ? 'unknown' : name),
  );
  expect(wrong).toEqual([]);
});

it('speaks whole sentences in both languages', () => {
  expect(breaking((words) => /^\S.*\p{Script=Han}.*。$/u.test(words), 'zh')).toEqual([]);
  expect(breaking((words) => /^\P{Script=Han}.*\.$/u.test(words), 'en')).toEqual([]);
});

it('is calm, and names no daily limit', () => {
  const calm = (words: string) =>
    !/[!！]|出错了|您|oops|sorry|\d{3,} ?次|每[日天] ?\d|\d+ (times )?(a|per) day/i.test(words);
  expect(breaking(calm, 'zh')).toEqual([]);
  expect(breaking(calm, 'en')).toEqual([]);
});

it('uses one word for one thing', () => {
  const name = /[a-z]+(_[a-z]+)+/g;
  expect(
    breaking((words) => !/token|凭证(?!类型)|服务端|后端|中控|中央/i.test(words.replace(name, '')), 'zh'),
  ).toEqual([]);
  expect(breaking((words) => !/credentials|white list|app secret|admin\b/i.test(words), 'en')).toEqual([]);
});

it('keeps to quotation marks that a Chinese font does not widen in English', () => {
  expect(breaking((words) => !/[‘’“”]/.test(words), 'en')).toEqual([]);
});

it('sets a blank between Chinese and Latin letters or digits', () => {
  expect(
    breaking((words) => !/\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u.test(words), 'zh'),
  ).toEqual([]);
});

it('names a page of WeChat’s for each', () => {
  const page = /^https:\/\/developers\.weixin\.qq\.com\/(doc|community)\/[\x21-\x7e]+$/;
  expect(entries.filter(({ source }) => !page.test(source))).toEqual([]);
});
