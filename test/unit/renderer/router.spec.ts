import { describe, expect, it } from 'vitest';
import { hrefOf, parseRoute, type Route } from '../../../renderer/router.ts';

const ROUTES: readonly Route[] = [
  { screen: 'home' },
  { screen: 'account', appId: 'wx00000000000000a1' },
  { screen: 'add' },
  { screen: 'history', query: '' },
  { screen: 'history', query: 'appId=wx00000000000000a1&errcode=-1' },
  { screen: 'errors', code: null },
  { screen: 'errors', code: '40164' },
  { screen: 'errors', code: 'http-status' },
  { screen: 'confirmations' },
  { screen: 'settings' },
  { screen: 'settings', part: 'network' },
  { screen: 'servers', query: '' },
  { screen: 'servers', query: 'appId=wx00000000000000a1&way=wxjava' },
];

describe('an address', () => {
  it.each(ROUTES)('leads back to its route: %o', (route) => {
    expect(parseRoute(hrefOf(route))).toEqual(route);
  });

  it.each(['', '#', '#/', '#/nowhere', '#/account', '#/account/'])(
    'that names nothing is home: %s',
    (hash) => {
      expect(parseRoute(hash)).toEqual({ screen: 'home' });
    },
  );

  it('with a broken escape is taken as it stands', () => {
    expect(parseRoute('#/errors/%E0%A4%A')).toEqual({ screen: 'errors', code: '%E0%A4%A' });
  });
});
