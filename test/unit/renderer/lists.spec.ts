import { describe, expect, it } from 'vitest';
import { commands, errorClass } from '../../../electron/console/contract.ts';
import { catalogue } from '../../../electron/wechat/catalogue.ts';
import { attemptsOfDay } from '../../../renderer/account/day-strip.tsx';
import { CLASSES, groupEntries, searchEntries } from '../../../renderer/errors/search.ts';
import {
  errcodeOf,
  type Filter,
  filterOf,
  matches,
  OUTCOMES,
  pageInput,
  queryOf,
  TRIGGERS,
} from '../../../renderer/history/filter.ts';
import { fakeHistory } from '../../support/renderer-fake-console.ts';

const NONE: Filter = { appId: null, outcome: null, trigger: null, errcode: null, period: 'always' };
const APP = 'wx00000000000000a1';

describe('a filter of the history', () => {
  it('survives in the address', () => {
    const filter: Filter = { appId: APP, outcome: 'refused', trigger: 'manual', errcode: -1, period: 'day' };
    expect(filterOf(queryOf(filter))).toEqual(filter);
    expect(queryOf(NONE)).toBe('');
  });

  it('leaves out what an address has wrong', () => {
    expect(filterOf('outcome=lost&trigger=x&errcode=1e3&period=year')).toEqual(NONE);
    expect(errcodeOf('40164 ')).toBe(40164);
    expect(errcodeOf(null)).toBeNull();
  });

  it('asks what the contract allows', () => {
    const filter: Filter = {
      appId: APP,
      outcome: 'failed',
      trigger: 'probe',
      errcode: 40164,
      period: 'hour',
    };
    const input = pageInput(filter, 10_000_000, 100, '200');
    expect(commands['history.query'].input.parse(input)).toEqual({
      appId: APP,
      outcome: 'failed',
      trigger: 'probe',
      errcode: 40164,
      from: 6_400_000,
      limit: 100,
      cursor: '200',
    });
    expect(pageInput(NONE, 0, 100, null)).toEqual({ limit: 100 });
  });

  it('offers every outcome and trigger of the contract', () => {
    const { outcome, trigger } = commands['history.query'].input.shape;
    expect(OUTCOMES).toEqual(outcome.unwrap().options);
    expect(TRIGGERS).toEqual(trigger.unwrap().options);
  });

  it('knows which new rows belong', () => {
    const [row] = fakeHistory(APP, 1);
    if (!row) throw new Error('no row');
    expect(matches(NONE, row)).toBe(true);
    expect(matches({ ...NONE, appId: 'wx00000000000000a2' }, row)).toBe(false);
    expect(matches({ ...NONE, outcome: 'failed' }, row)).toBe(false);
    expect(matches({ ...NONE, errcode: 40164 }, row)).toBe(false);
  });
});

describe('the search for an error code', () => {
  const codes = (needle: string, only = null) =>
    searchEntries(catalogue(), needle, only).map((one) => one.code);

  it('finds by code, with the code itself first', () => {
    expect(codes('40164')[0]).toBe(40164);
    expect(codes('4016')).toContain(40164);
    expect(codes('4016')).not.toContain(40125);
  });

  it('finds by words in either language, all of them', () => {
    expect(codes('白名单')).toContain(40164);
    expect(codes('白名单')).not.toContain(40125);
    expect(codes('whitelist machine')).toContain(40164);
    expect(codes('whitelist unicorn')).toEqual([]);
    expect(codes('TIMEOUT')[0]).toBe('timeout');
  });

  it('finds by the name of a class and by the words of a step, in either language', () => {
    const awaiting = [89503, 89501, 89502, 89504, 89505];
    expect(codes('等待管理员确认')).toEqual(expect.arrayContaining(awaiting));
    expect(codes('waiting for the administrator')).toEqual(expect.arrayContaining(awaiting));
    expect(codes('NODE_EXTRA_CA_CERTS')).toEqual(['tls']);
    expect(codes('clear_quota/v2')).toEqual([45009]);
  });

  it('finds Chinese beside Latin letters with or without the blank between', () => {
    expect(codes('IP白名单')).toContain(40164);
    expect(codes('IP 白名单')).toEqual(expect.arrayContaining(codes('IP白名单')));
    expect(codes('24小时')).toContain(89506);
  });

  it('puts what says so in its title before what says so in a step', () => {
    const found = codes('白名单');
    expect(found.indexOf(45035)).toBeLessThan(found.indexOf(89503));
  });

  it('groups all of them by class, first those that wait for a person', () => {
    const groups = groupEntries(catalogue());
    expect(groups.map(({ name }) => name)).toEqual(CLASSES);
    expect(groups.flatMap(({ entries }) => entries)).toHaveLength(catalogue().length);
    expect(CLASSES.toSorted()).toEqual(errorClass.options.toSorted());
    expect(groupEntries(searchEntries(catalogue(), '', 'quota')).map(({ name }) => name)).toEqual(['quota']);
  });

  it('narrows to a class', () => {
    const transient = searchEntries(catalogue(), '', 'transient');
    expect(transient.map((one) => one.code)).toEqual(expect.arrayContaining([-1, 'timeout']));
    expect(new Set(transient.map((one) => one.class))).toEqual(new Set(['transient']));
    expect(searchEntries(catalogue(), '', null)).toHaveLength(catalogue().length);
  });
});

describe('the strip of a day', () => {
  it('holds requests for a token, oldest first, and nothing older than a day', () => {
    const rows = fakeHistory(APP, 80);
    const attempts = attemptsOfDay(rows, Date.now());
    expect(attempts.length).toBeGreaterThan(30);
    expect(attempts.every((row) => row.trigger !== 'copy')).toBe(true);
    expect(attempts.every((row) => row.at > Date.now() - 24 * 3600_000)).toBe(true);
    expect(attempts.map((row) => row.at)).toEqual(attempts.map((row) => row.at).toSorted((a, b) => a - b));
  });
});
