import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorStep } from '../../../electron/console/contract.ts';
import Errors from '../../../renderer/errors/errors.tsx';
import { ErrorSteps } from '../../../renderer/shared/error-steps.tsx';
import { forgetAll, renderOver } from '../../support/renderer-render.tsx';

beforeEach(() => {
  window.location.hash = '';
});
afterEach(forgetAll);

const STEPS: ErrorStep[] = [
  { zh: '甲。', en: 'For an official account.', kind: 'official', link: 'https://example.com/one' },
  { zh: '乙。', en: 'For a mini program.', kind: 'mini' },
  { zh: '丙。', en: 'On the standard line.', line: 'standard' },
  { zh: '丁。', en: 'For all.' },
];

describe('the steps of an error', () => {
  const items = () => screen.getAllByRole('listitem').map((item) => item.textContent);

  it('are all there without an account, each with whom it is for, alternatives under one number', async () => {
    await renderOver(<ErrorSteps steps={STEPS} />);
    expect(items()).toHaveLength(3);
    expect(items()[0]).toMatch(
      /^Official Account For an official account\..*Mini Program For a mini program\.$/,
    );
    expect(items()[1]).toBe('standard On the standard line.');
    expect(items()[2]).toBe('For all.');
    expect(screen.getByRole('link', { name: /^example\.com/ }).getAttribute('href')).toBe(
      'https://example.com/one',
    );
  });

  it('are those of the account, without a label, where it is known', async () => {
    await renderOver(<ErrorSteps steps={STEPS} kind="mini" line="standard" />);
    expect(items()).toEqual(['For a mini program.', 'On the standard line.', 'For all.']);
  });

  it('are a sentence, not a list, where only one is left', async () => {
    await renderOver(<ErrorSteps steps={STEPS.slice(1, 2)} kind="mini" />);
    expect(screen.queryByRole('list')).toBeNull();
    expect(screen.getByText('For a mini program.')).toBeTruthy();
  });
});

describe('the explorer of error codes', () => {
  const all = async () => {
    await renderOver(<Errors code={null} />);
    await screen.findByText('40164');
  };
  const searchField = () => screen.getByRole('textbox', { name: /Search by code/ });

  it('is grouped by class, and becomes one list while somebody searches', async () => {
    const user = userEvent.setup();
    await all();
    const group = screen.getByRole('region', { name: 'Quota used up' });
    expect(within(group).getAllByRole('link')).toHaveLength(1);
    await user.type(searchField(), 'quota');
    expect(screen.queryByRole('region')).toBeNull();
    expect(screen.getAllByRole('link')[0]?.textContent).toContain('45011');
  });

  it('opens the first result on Enter, and nothing without a search or a result', async () => {
    const user = userEvent.setup();
    await all();
    await user.type(searchField(), '{Enter}');
    expect(window.location.hash).toBe('');
    await user.type(searchField(), 'unicorn{Enter}');
    expect(window.location.hash).toBe('');
    await user.clear(searchField());
    await user.type(searchField(), '4500{Enter}');
    expect(window.location.hash).toBe('#/errors/45009');
  });

  it('says what to do with a code it does not have', async () => {
    await renderOver(<Errors code="99999" />);
    expect(await screen.findByText('The catalogue has no entry for 99999.')).toBeTruthy();
    expect(screen.getByRole('link', { name: /^developers\.weixin\.qq\.com/ })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'This code in the history' }).getAttribute('href')).toBe(
      '#/history?errcode=99999',
    );
    expect(document.body.textContent).toContain('Tries again after 1 minute');
  });

  it('gives no such advice for what is not a code', async () => {
    await renderOver(<Errors code="unicorn" />);
    expect(await screen.findByText('The catalogue has no entry for unicorn.')).toBeTruthy();
    expect(screen.queryByRole('link', { name: /history/ })).toBeNull();
  });
});
