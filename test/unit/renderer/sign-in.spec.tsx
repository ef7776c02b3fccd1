import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import SignIn, { JOURNAL } from '../../../renderer/sign-in/sign-in.tsx';
import { renderOver } from '../../support/renderer-render.tsx';

it('says where the key is for a service too, by the command of the administrators’ page', async () => {
  await renderOver(<SignIn signIn={async () => 'ok'} />, {}, 'zh');
  expect(screen.getByText(JOURNAL)).toBeTruthy();
  expect(screen.getByText(/作为系统服务运行时/)).toBeTruthy();
  const page = readFileSync(join(import.meta.dirname, '../../../docs/administrators.md'), 'utf8');
  expect(page).toContain(JOURNAL);
});
