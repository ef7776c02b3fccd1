/** One notification of the system's. */
import { Notification } from 'electron';
import type { NoticeText } from './notice-words.ts';

/** Without a reference a notification is collected, and a click on it does nothing; not every system tells its end. */
const shown = new Set<Notification>();
const REMEMBERED = 50;

/** `id`: a later one with the same takes its place where the system can (macOS, Windows). */
export function notify(text: NoticeText & { readonly id?: string }, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification(text);
  shown.add(notification);
  const [oldest] = shown;
  if (shown.size > REMEMBERED && oldest) shown.delete(oldest);
  notification.on('click', () => {
    shown.delete(notification);
    onClick();
  });
  notification.on('close', () => shown.delete(notification));
  notification.show();
}
