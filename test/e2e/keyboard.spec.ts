import { APP_ID, expect, SECRET, test } from './fixtures.ts';

test('everything by keyboard: add, open, copy, menu', async ({ desk }) => {
  const { page, sandbox } = desk;
  await page.getByRole('link', { name: '添加第一个账号' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '添加账号' })).toBeFocused();
  const reach = async (name: string) => {
    for (let n = 0; n < 60; n++) {
      await page.keyboard.press('Tab');
      const names = await page.evaluate(() => {
        const at = document.activeElement;
        const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : null;
        return [at?.getAttribute('aria-label'), label, at?.textContent];
      });
      if (names.includes(name)) return;
    }
    throw new Error(`Tab does not reach ${name}`);
  };
  await reach('AppID');
  await page.keyboard.type(APP_ID);
  await reach('AppSecret');
  await page.keyboard.type(SECRET);
  await reach('名称');
  await page.keyboard.type('商城');
  await reach('高级选项');
  await page.keyboard.press('Enter');
  await reach('接口地址');
  await page.keyboard.type(sandbox.url);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '商城' })).toBeFocused();
  await expect(page.getByText(/1:59:\d\d/).first()).toBeVisible();

  await reach('复制令牌');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/已复制/).first()).toBeVisible();

  await reach('更多操作');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[role=menuitem]:focus')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: '更多操作' })).toBeFocused();
});
