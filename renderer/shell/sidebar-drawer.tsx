import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './shell.module.css';

interface SidebarDrawerProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}

/** The sidebar where there is no room for it beside the screen. */
export default function SidebarDrawer({ isOpen, onClose, children }: SidebarDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size={300}
      title={t('app.name')}
      closeButtonProps={{ 'aria-label': t('nav.close') }}
      classNames={{ content: classes.drawer ?? '', body: classes.drawerBody ?? '' }}
    >
      {children}
    </Drawer>
  );
}
