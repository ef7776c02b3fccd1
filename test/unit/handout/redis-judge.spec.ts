import { describe, expect, it } from 'vitest';
import { type Found, judge } from '../../../electron/handout/redis/judge.ts';
import { entriesOf } from '../../../electron/handout/redis/profiles.ts';

const NOW = 1_800_000_000_000;
const account = { appId: 'wxtestapp0000001', kind: 'official', line: 'standard' } as const;
const token = { accessToken: 'token-now', endsAt: NOW + 600_000 };
const had = (text: string) => text === 'token-now' || text === 'token-before';

const plain = entriesOf({ profile: 'plain' }, account, token, NOW);
const wechatpy = entriesOf({ profile: 'wechatpy' }, account, token, NOW);
const easywechat5 = entriesOf({ profile: 'easywechat5' }, account, token, NOW);
const at = (value: string | null, msLeft = 599_900): Found => ({ value, msLeft });

describe('what is done about a key', () => {
  const [entry] = plain;
  if (entry === undefined) throw new Error('no entry');
  const replace = (instead: string) => ({ is: 'ours', repairs: [{ kind: 'replace', entry, instead }] });
  const nothing = { is: 'ours', repairs: [] };

  it.each([
    ['ours', at('token-now'), nothing],
    ['missing', at(null, -2), { is: 'ours', repairs: [{ kind: 'add', entry }] }],
    ['an older one of ours', at('token-before'), replace('token-before')],
    ['somebody else’s', at('token-of-another'), { is: 'foreign' }],
    ['saved as nothing', at('null'), replace('null')],
    ['saved as an empty text', at(''), replace('')],
    ['a list', 'not-a-string', { is: 'foreign' }],
    ['not to be read', 'denied', { is: 'denied' }],
    ['without an end', at('token-now', -1), replace('token-now')],
    ['outliving the token', at('token-now', 601_501), replace('token-now')],
    ['just within rounding', at('token-now', 601_500), nothing],
    ['about to go', at('token-now', 594_999), replace('token-now')],
  ] as const)('%s', (_name, found, verdict) => {
    expect(judge('plain', plain, [found], had)).toEqual(verdict);
  });

  it('lets the seconds counted at writing stand', () => {
    const earlier = easywechat5[0]?.value.replace('i:600;', 'i:640;') ?? '';
    expect(earlier).toContain('i:640;');
    expect(judge('easywechat5', easywechat5, [at(earlier)], had)).toEqual(nothing);
  });

  it('takes both keys of wechatpy together', () => {
    const end = `${NOW / 1000 + 600}`;
    expect(judge('wechatpy', wechatpy, [at('"token-now"'), at(end)], had)).toEqual(nothing);
    expect(judge('wechatpy', wechatpy, [at('"token-now"'), at(null, -2)], had)).toEqual({
      is: 'ours',
      repairs: [{ kind: 'add', entry: wechatpy[1] }],
    });
    expect(judge('wechatpy', wechatpy, [at('"token-of-another"'), at(null, -2)], had)).toEqual({
      is: 'foreign',
    });
  });
});
