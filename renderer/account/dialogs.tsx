import { lazy, Suspense } from 'react';
import type { AccountView } from '../../electron/console/contract.ts';
import type { DialogName } from './open-dialog.ts';

export type { DialogName } from './open-dialog.ts';

interface AccountDialogsProps {
  readonly account: AccountView;
  readonly open: DialogName | null;
  readonly onClose: () => void;
}

const DIALOGS = {
  edit: lazy(() => import('./edit-dialog.tsx')),
  secret: lazy(() => import('./secret-dialog.tsx')),
  remove: lazy(() => import('./remove-dialog.tsx')),
  move: lazy(() => import('../safety/move-dialog.tsx')),
  drill: lazy(() => import('../safety/drill-dialog.tsx')),
};

/** The dialogs of an account, loaded when first opened. */
export function AccountDialogs({ account, open, onClose }: AccountDialogsProps) {
  if (open === null) return null;
  const Dialog = DIALOGS[open];
  return (
    <Suspense fallback={null}>
      <Dialog account={account} onClose={onClose} />
    </Suspense>
  );
}
