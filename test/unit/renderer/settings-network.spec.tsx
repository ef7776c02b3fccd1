import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import Settings from '../../../renderer/settings/settings.tsx';
import type { FakeConsole } from '../../support/renderer-fake-console.ts';
import { forgetAll, renderOver } from '../../support/renderer-render.tsx';

afterEach(forgetAll);

const sent = (fake: FakeConsole, command: string) =>
  fake.calls.filter((call) => call.command === command).map(({ input }) => input);
const office = {
  settings: { mode: 'manual', url: 'http://proxy.example:8080', username: 'office' },
  hasPassword: true,
} as const;

describe('the proxy', () => {
  it('is in force once it is saved, and its password is not shown again', async () => {
    const fake = await renderOver(<Settings />);
    await userEvent.click(screen.getByRole('radio', { name: 'Manual' }));
    const save = screen.getByRole('button', { name: 'Save' });
    await userEvent.click(save);
    expect(screen.getByText(/Must begin with http/)).toBeTruthy();
    await userEvent.type(screen.getByLabelText('Address of the proxy'), 'http://proxy.example:8080');
    expect(screen.queryByLabelText('Password')).toBeNull();
    await userEvent.type(screen.getByLabelText('User name'), 'office');
    await userEvent.type(screen.getByLabelText('Password'), 'words of the proxy');
    expect(sent(fake, 'network.setProxy')).toEqual([]);
    await userEvent.click(save);
    expect(sent(fake, 'network.setProxy')).toEqual([
      { settings: office.settings, password: 'words of the proxy' },
    ]);
    expect(await screen.findByText('Saved.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('');
    expect(screen.getByText('Leave empty to keep the present one')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  });

  it('that is not taken stays as typed, with the reason', async () => {
    const fake = await renderOver(<Settings />, { proxy: office });
    fake.failNext('network.setProxy', { code: 'storage-failed', message: '' });
    await userEvent.click(screen.getByRole('radio', { name: 'None' }));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/could not be saved/)).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'None' }).checked).toBe(true);
  });

  it('of the administrators is shown and cannot be changed, but tested', async () => {
    const fake = await renderOver(<Settings />, { proxy: office, managed: ['proxy'] });
    expect(screen.getByText('Manual: http://proxy.example:8080')).toBeTruthy();
    expect(screen.queryByLabelText('Address of the proxy')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Test the connection' }));
    expect(sent(fake, 'network.test')).toEqual([{}]);
  });
});

describe('the test of the connection', () => {
  it('says of each address whether it answers, in words, and what it is for', async () => {
    await renderOver(<Settings />);
    const list = within(screen.getByRole('list', { name: "WeChat's API addresses" }));
    expect(list.getAllByText('Not tested')).toHaveLength(5);
    await userEvent.click(screen.getByRole('button', { name: 'Test the connection' }));
    expect(await list.findByText('Reached in 48 ms')).toBeTruthy();
    const row = list.getByText('sz.api.weixin.qq.com').closest('li') as HTMLElement;
    expect(row.textContent).toContain('Access point in Shenzhen');
    expect(row.textContent).toContain('The proxy did not pass the request on to WeChat.');
    const why = within(row).getByRole('link', { name: 'Cause and remedy' });
    expect(why.getAttribute('href')).toBe('#/errors/proxy');
    expect(list.getByText('wechat.internal.example')).toBeTruthy();
  });

  it('uses what is typed and not saved yet', async () => {
    const fake = await renderOver(<Settings />, { proxy: office });
    const address = screen.getByLabelText('Address of the proxy');
    await userEvent.clear(address);
    await userEvent.type(address, 'http://other.example:3128');
    expect(screen.getByText(/to test a changed address, enter it again/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Test the connection' }));
    const settings = { ...office.settings, url: 'http://other.example:3128' };
    expect(sent(fake, 'network.test')).toEqual([{ settings }]);
    expect(sent(fake, 'network.setProxy')).toEqual([]);
    await userEvent.clear(address);
    await userEvent.click(screen.getByRole('button', { name: 'Test the connection' }));
    expect(sent(fake, 'network.test')).toHaveLength(1);
    expect(screen.getByText(/Must begin with http/)).toBeTruthy();
  });
});
