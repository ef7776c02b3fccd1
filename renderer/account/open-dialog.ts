/** Which dialog of which account is open; a dialog may lead to another one. */
import { create } from 'zustand';

export type DialogName = 'edit' | 'secret' | 'remove' | 'move' | 'drill';

interface OpenDialog {
  readonly appId: string;
  readonly name: DialogName;
}

const useOpenDialogState = create<{ readonly open: OpenDialog | null }>(() => ({ open: null }));

/** Opens `name` for `appId`, in place of whichever is open; null closes it. */
export function openDialogOf(appId: string, name: DialogName | null): void {
  useOpenDialogState.setState({ open: name === null ? null : { appId, name } });
}

/** The dialog that is open for `appId`. */
export function useOpenDialog(appId: string): DialogName | null {
  return useOpenDialogState(({ open }) => (open?.appId === appId ? open.name : null));
}
