/** The texts a person sends to the account's administrator. */
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../electron/console/contract.ts';
import { exactTime } from '../format.ts';
import { useIsOver } from '../shared/time-left.tsx';
import { useAddress } from './address-block.tsx';
import { askedAt } from './consent.ts';

export type MessageTopic = 'awaiting' | 'refused' | 'whitelist';

/** A message that is complete by itself: who asks, for which account, from which IP, since when, what to do. */
export function useMessage(account: AccountView, topic: MessageTopic): string {
  const { t } = useTranslation();
  const address = useAddress(account);
  const at = topic === 'whitelist' ? account.trouble?.since : askedAt(account);
  const until = account.confirmation?.until ?? null;
  const isOver = useIsOver(until);
  let ip = address?.ip ?? t('message.unknownIp');
  if (address && address.reportedFor !== null) ip = t('message.probableIp', { ip });
  const facts = {
    ip,
    name: account.name,
    appId: account.appId,
    time: exactTime(at ?? account.lastAttempt?.at ?? Date.now()),
  };
  if (topic === 'whitelist') return t(`message.whitelist.${account.kind}`, facts);
  if (topic === 'refused') {
    const text = isOver ? 'message.refused-over' : 'message.refused';
    return t(text, { ...facts, until: exactTime(until ?? Date.now()) });
  }
  return t('message.awaiting', facts);
}
