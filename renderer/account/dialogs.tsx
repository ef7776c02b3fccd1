import { lazy, Suspense } from 'react';
import type { AccountView } from '../../electron/console/contract.ts';

export type DialogName = 'edit' | 'secret' | 'remove';

interface AccountDialogsProps {
  readonly account: AccountView;
  readonly open: DialogName | null;
  readonly onClose: () => void;
}

const DIALOGS = {
  edit: lazy(() => import('./edit-dialog.tsx')),
  secret: lazy(() => import('./secret-dialog.tsx')),
  remove: lazy(() => import('./remove-dialog.tsx')),
};

/** The dialogs of an account's menu, loaded when first opened. */
export function AccountDialogs({ account, open, onClose }: AccountDialogsProps) {
  if (open === null) return null;
  const Dialog = DIALOGS[open];
  return (
    <Suspense fallback={null}>
      <Dialog account={account} onClose={onClose} />
    </Suspense>
  );
}
