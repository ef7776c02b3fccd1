import '@mantine/core/styles/Switch.css';
import { Kbd, Modal, Switch } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useConsole } from '../bridge.ts';
import { useReturnFocus } from '../shared/return-focus.ts';
import { useConsoleState } from '../store.ts';
import { closeShortcuts } from './dialog-state.ts';
import { capsOf, LIST_KEY, SHORTCUTS, type Shortcut } from './list.ts';
import classes from './shortcuts-dialog.module.css';
import { setSingleKeys, useSingleKeys } from './single-keys.ts';

const IS_MAC = navigator.platform.startsWith('Mac');

/** Every key there is on this host, in one list. */
export default function ShortcutsDialog() {
  const { t } = useTranslation();
  useReturnFocus();
  const { host } = useConsole();
  const hasLock = useConsoleState((state) => state.shield?.hasPassphrase === true);
  const shown = SHORTCUTS.filter(({ id }) => id !== 'lock' || hasLock);
  return (
    <Modal
      opened
      onClose={closeShortcuts}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('shortcuts.close') }}
    >
      <dl className={classes.list}>
        {shown.map((shortcut) => (
          <div key={shortcut.id} className={classes.row}>
            <dt>{t(`shortcuts.name.${shortcut.id as Exclude<Shortcut['id'], 'shortcuts'>}`)}</dt>
            <dd>
              <Caps caps={host === 'desktop' ? menuCaps(shortcut) : [shortcut.single]} />
            </dd>
          </div>
        ))}
        <div className={classes.row}>
          <dt>{t('shortcuts.name.list')}</dt>
          <dd>
            <Caps caps={[LIST_KEY]} />
          </dd>
        </div>
      </dl>
      <SingleKeys />
    </Modal>
  );
}

function menuCaps({ keys }: Shortcut): readonly string[] {
  return capsOf(IS_MAC ? keys.mac : keys.other, IS_MAC);
}

function Caps({ caps }: { readonly caps: readonly string[] }) {
  return (
    <span className={classes.caps}>
      {caps.map((cap) => (
        <Kbd key={cap}>{cap.length === 1 ? cap.toUpperCase() : cap}</Kbd>
      ))}
    </span>
  );
}

function SingleKeys() {
  const { t } = useTranslation();
  const isOn = useSingleKeys((state) => state.isOn);
  const id = useId();
  return (
    <div className={classes.single}>
      <span className={classes.words}>
        <label htmlFor={id}>{t('shortcuts.single')}</label>
        <span id={`${id}-hint`} className={classes.hint}>
          {t('shortcuts.singleHint')}
        </span>
      </span>
      <Switch
        id={id}
        checked={isOn}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
      />
    </div>
  );
}
