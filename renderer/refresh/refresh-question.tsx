import { lazy, Suspense } from 'react';
import { useAccount } from '../store.ts';
import { useRefreshState } from './flow.ts';

const RefreshDialog = lazy(() => import('./refresh-dialog.tsx'));

/** The one question of a refresh, asked above whatever screen it came from. */
export function RefreshQuestion() {
  const question = useRefreshState((state) => state.question);
  const account = useAccount(question?.appId ?? '');
  if (question === null || account === undefined || question.plan.doubt === null) return null;
  return (
    <Suspense fallback={null}>
      <RefreshDialog account={account} doubt={question.plan.doubt} />
    </Suspense>
  );
}
