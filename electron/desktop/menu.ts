/** The native menu: on macOS copy, paste and quit work by its keys only; elsewhere it shows on Alt. */
import { Menu, type MenuItemConstructorOptions } from 'electron';

export function setMenu(platform: NodeJS.Platform): void {
  const first: MenuItemConstructorOptions = { role: platform === 'darwin' ? 'appMenu' : 'fileMenu' };
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  const template = [first, { role: 'editMenu' } as const, view, { role: 'windowMenu' } as const];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
