import { describe, expect, it } from 'vitest';
import { isLoopback, refusal } from '../../../electron/web/guard.ts';

const here = { allowRemote: false, hostname: 'Server-1' };
const remote = { ...here, allowRemote: true };

describe('the Host header', () => {
  it.each([
    '127.0.0.1:7320',
    '127.0.0.1',
    '[::1]:7320',
    '[::1]',
    'localhost:7320',
    'LOCALHOST',
    '192.168.1.20:80',
  ])('%s is let in', (host) => expect(refusal({ host }, true, here)).toBeNull());

  it.each([
    'evil.example:7320',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example@127.0.0.1',
    '127.0.0.1/evil.example',
    'localhost:7320:1',
    'localhost:',
    '[evil.example]',
    '0x7f000001',
    'server-1:7320',
    '',
  ])('%s is refused', (host) => expect(refusal({ host }, false, here)).toMatch(/Host/));

  it('must be there', () => expect(refusal({}, false, here)).toMatch(/Host/));

  it('may be this machine’s name when remote administration is allowed', () => {
    expect(refusal({ host: 'server-1:7320' }, true, remote)).toBeNull();
    expect(refusal({ host: 'server-1.evil.example:7320' }, true, remote)).toMatch(/Host/);
  });
});

describe('the Origin header', () => {
  const from = (origin: string, host = 'localhost:7320') => refusal({ host, origin }, false, here);

  it('may be the same host and port', () => {
    expect(from('http://localhost:7320')).toBeNull();
    expect(from('https://localhost:7320')).toBeNull();
    expect(from('http://[::1]:7320', '[::1]:7320')).toBeNull();
    expect(from('https://10.0.0.1', '10.0.0.1')).toBeNull();
    expect(from('https://10.0.0.1', '10.0.0.1:443')).toBeNull();
  });

  it.each([
    'http://localhost:7321',
    'http://localhost',
    'http://127.0.0.1:7320',
    'http://evil.example:7320',
    'app://localhost:7320',
    'null',
    '',
  ])('%s is refused', (origin) => expect(from(origin)).toMatch(/Origin/));
});

describe('Sec-Fetch-Site', () => {
  const from = (site: string, isCommand: boolean) =>
    refusal({ host: 'localhost', 'sec-fetch-site': site }, isCommand, here);

  it('keeps other sites’ pages from the commands', () => {
    expect(from('cross-site', true)).toMatch(/another site/);
    expect(from('same-site', true)).toMatch(/another site/);
    expect(from('same-origin', true)).toBeNull();
    expect(from('none', true)).toBeNull();
  });

  it('lets a link elsewhere open the page', () => expect(from('cross-site', false)).toBeNull());
});

it('knows which addresses only this machine can reach', () => {
  const hosts = [
    '127.0.0.1',
    '127.8.0.1',
    '::1',
    'localhost',
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '127.evil.example',
  ];
  expect(hosts.filter(isLoopback)).toEqual(['127.0.0.1', '127.8.0.1', '::1', 'localhost']);
});
