import { act, render } from '@testing-library/react';
import { Profiler } from 'react';
import { afterEach, expect, it } from 'vitest';
import { takeEvents, useAccount, useConsoleState } from '../../../renderer/store.ts';
import { fakeAccount, fakeConsole } from '../../support/renderer-fake-console.ts';
import { forgetAll } from '../../support/renderer-render.tsx';

afterEach(forgetAll);

function Name({ appId }: { readonly appId: string }) {
  return useAccount(appId)?.name;
}

function Groups() {
  return useConsoleState((state) => state.groups)
    .map((group) => group.name)
    .join();
}

it('a change of one account renders the parts of that account only', () => {
  const [a, b] = [fakeAccount(1), fakeAccount(2)];
  const fake = fakeConsole({ accounts: [a, b] });
  fake.listen((event) => takeEvents([event]));
  const rendered: string[] = [];
  const watch = (id: string, children: React.ReactNode) => (
    <Profiler id={id} onRender={(name) => rendered.push(name)}>
      {children}
    </Profiler>
  );
  const page = render(
    <>
      {watch('a', <Name appId={a.appId} />)}
      {watch('b', <Name appId={b.appId} />)}
      {watch('groups', <Groups />)}
    </>,
  );
  rendered.length = 0;
  act(() => fake.tell({ type: 'account-changed', appId: a.appId, changes: { name: '商城' } }));
  expect(rendered).toEqual(['a']);
  expect(page.container.textContent).toContain('商城');
});
