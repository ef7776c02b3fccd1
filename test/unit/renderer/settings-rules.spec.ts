import { describe, expect, it } from 'vitest';
import {
  API_BASES,
  ability,
  commands,
  managedPart,
  noticeKind,
  proxySettings,
} from '../../../electron/console/contract.ts';
import { shortcuts } from '../../../electron/desktop/shortcuts.ts';
import { en } from '../../../renderer/locales/en.ts';
import { zh } from '../../../renderer/locales/zh.ts';
import { faultOf, LONGEST, SHORTEST, strengthOf } from '../../../renderer/lock/strength.ts';
import { ADDRESSES, addressRows } from '../../../renderer/settings/addresses.ts';
import { draftOf, inputOf, isChanged, isProxyUrl } from '../../../renderer/settings/proxy.ts';
import { shownParts } from '../../../renderer/settings/shown-parts.ts';
import { neighbour } from '../../../renderer/shortcuts/act.ts';
import { capsOf, idOfKey, LIST_KEY, SHORTCUTS } from '../../../renderer/shortcuts/list.ts';

describe('what the page knows of the console by heart', () => {
  it('is the console own list of addresses, of notices and of keys', () => {
    expect(ADDRESSES.map(({ apiBase }) => apiBase)).toEqual([...API_BASES]);
    expect(SHORTCUTS.map(({ id, keys }) => ({ id, keys }))).toEqual([...shortcuts]);
    for (const words of [zh, en]) {
      expect(Object.keys(words.settings.notice)).toEqual(noticeKind.options);
      for (const { id } of shortcuts) expect(words.shortcuts.name).toHaveProperty(id);
    }
  });
});

describe('a single key', () => {
  it('means one thing, and is none of the others', () => {
    const keys = [...SHORTCUTS.map(({ single }) => single), LIST_KEY];
    expect(new Set(keys).size).toBe(keys.length);
    expect(idOfKey('/')).toBe('search');
    expect(idOfKey('?')).toBe('shortcuts');
    expect(idOfKey('x')).toBeNull();
  });

  it('is written as on the keyboard of each system', () => {
    expect(capsOf('Cmd+Shift+C', true)).toEqual(['⌘', '⇧', 'C']);
    expect(capsOf('Ctrl+PageDown', false)).toEqual(['Ctrl', 'Page Down']);
  });
});

describe('the next account', () => {
  it('is the one below, round the end, and the first from elsewhere', () => {
    expect(neighbour(['a', 'b', 'c'], 'b', 1)).toBe('c');
    expect(neighbour(['a', 'b', 'c'], 'c', 1)).toBe('a');
    expect(neighbour(['a', 'b', 'c'], 'a', -1)).toBe('c');
    expect(neighbour(['a', 'b', 'c'], null, 1)).toBe('a');
    expect(neighbour(['a', 'b', 'c'], 'gone', -1)).toBe('c');
    expect(neighbour([], null, 1)).toBeNull();
  });
});

describe('the parts of the settings', () => {
  const inBrowser = ['general', 'clipboard', 'network', 'servers', 'transfer', 'places', 'about'];

  it('are all there on the desktop, and in a browser those that do something', () => {
    expect(shownParts(ability.options, [])).toHaveLength(10);
    expect(shownParts([], [])).toEqual(inBrowser);
    expect(shownParts([], managedPart.options)).toEqual(inBrowser);
  });

  it('hold the updates where the administrators have switched them off, to say so', () => {
    expect(shownParts(['clipboard'], [])).not.toContain('updates');
    expect(shownParts(['clipboard'], ['updates'])).toContain('updates');
    expect(shownParts(['screen-protection'], [])).toContain('lock');
  });
});

describe('a passphrase', () => {
  it.each([
    ['aaaaaaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['12345678901234567890', 'weak'],
    ['password12', 'weak'],
    ['abababababababababab', 'weak'],
    ['tR7!kq9zP', 'fair'],
    ['horse battery', 'fair'],
    ['four words of no relation', 'strong'],
    ['山月不知心里事水风空落眼前花', 'strong'],
  ] as const)('%s is %s', (text, strength) => {
    expect(strengthOf(text)).toBe(strength);
  });

  it('fits exactly where the console takes it', () => {
    const { next } = commands['shield.setPassphrase'].input.shape;
    for (const length of [SHORTEST - 1, SHORTEST, LONGEST, LONGEST + 1]) {
      const text = 'x'.repeat(length);
      expect(faultOf(text) === null, String(length)).toBe(next.safeParse(text).success);
    }
  });
});

describe('the form of the proxy', () => {
  const office = {
    settings: { mode: 'manual', url: 'http://proxy.example:8080', username: 'office' },
    hasPassword: true,
  } as const;

  it.each([
    'http://proxy.example:8080',
    'https://proxy.example',
    'http://proxy.example:8080/',
    'socks5://proxy.example:1080',
    'http://user@proxy.example',
    'http://proxy.example/path',
    'proxy.example:8080',
    '',
  ])('takes the addresses the console takes: %s', (url) => {
    const fits = proxySettings.safeParse({ mode: 'manual', url, username: null }).success;
    expect(isProxyUrl(url)).toBe(fits);
  });

  it('sends a password only when one was typed, and forgets it with the user name', () => {
    const draft = draftOf(office);
    expect(draft.password).toBe('');
    expect(inputOf(draft)).toEqual({ settings: office.settings });
    expect(inputOf({ ...draft, password: 'new one' })).toEqual({
      settings: office.settings,
      password: 'new one',
    });
    expect(inputOf({ ...draft, username: ' ' })).toEqual({
      settings: { ...office.settings, username: null },
      password: '',
    });
    expect(inputOf({ ...draft, url: 'nonsense' })).toBeNull();
    expect(inputOf({ ...draft, url: 'nonsense', mode: 'none' })).toEqual({ settings: { mode: 'none' } });
  });

  it('knows whether there is anything to save', () => {
    const draft = draftOf(office);
    expect(isChanged(draft, office)).toBe(false);
    expect(isChanged({ ...draft, url: ` ${draft.url} ` }, office)).toBe(false);
    expect(isChanged({ ...draft, password: 'x' }, office)).toBe(true);
    expect(isChanged({ ...draft, mode: 'none' }, office)).toBe(true);
    expect(
      isChanged({ ...draft, mode: 'none', password: 'x' }, { ...office, settings: { mode: 'none' } }),
    ).toBe(false);
  });
});

describe('the list of addresses', () => {
  it('shows those of WeChat before a test, and those of the accounts after one', () => {
    expect(addressRows([]).every(({ reach }) => reach === null)).toBe(true);
    const own = { apiBase: 'https://wechat.internal.example', reached: true, ms: 5, reason: null };
    const rows = addressRows([own]);
    expect(rows).toHaveLength(6);
    expect(rows.at(-1)).toEqual({ apiBase: own.apiBase, use: 'own', reach: own });
  });
});
