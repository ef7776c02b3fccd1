/** Which dialog about a place is open: opened from the list of places and from the examples above it. */
import { create } from 'zustand';

export type PlaceDialog = 'target' | 'file' | null;

export const usePlaceDialog = create<{ readonly open: PlaceDialog }>(() => ({ open: null }));

/** Opens a dialog, or closes it with null. */
export function openPlaceDialog(open: PlaceDialog): void {
  usePlaceDialog.setState({ open });
}
