/** The native menu: on macOS copy, paste and quit work by its keys only; elsewhere it shows on Alt. */
import { app, clipboard, Menu, shell } from 'electron';
import type { Console } from '../console/console.ts';
import type { MenuId } from '../console/contract.ts';
import type { Host } from '../console/host.ts';
import { clipboardRules } from './clipboard.ts';
import { followShield } from './follow.ts';
import type { Channel } from './ipc.ts';
import { type MenuDeed, menuTemplate } from './menu-model.ts';
import type { Window } from './window.ts';
import type { Wording } from './wording.ts';

export interface MenuParts {
  readonly console: Pick<Console, 'execute' | 'listen'>;
  readonly window: Pick<Window, 'show' | 'contents' | 'hasFocus'>;
  readonly host: Pick<Host, 'open' | 'abilities'>;
  readonly wording: Pick<Wording, 'words' | 'changed'>;
  readonly platform: NodeJS.Platform;
}

const MENU: Channel = 'bridge:menu';
/** WeChat's guide to what this console keeps alive. */
const DOCUMENTATION = 'https://developers.weixin.qq.com/doc/oplatform/developers/dev/AccessToken.html';
const ABOUT = '#/settings?part=about';
/** What has an address of its own can be shown by a page that is only just loading, and hears nothing yet. */
const ROUTES: Partial<Record<MenuId, string>> = { add: '#/add', settings: '#/settings' };

/** Sets the menu, and again whenever the language or the lock changes. */
export function keepMenu(parts: MenuParts): void {
  const { console, host, wording, platform } = parts;
  let canLock = false;
  const act = createActs(parts);
  const hasLicences = host.abilities.includes('open-licences');
  const set = () => {
    const { isPackaged } = app;
    const facts = { platform, words: wording.words(), isPackaged, hasLicences, canLock, act };
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(facts)));
  };
  let isSet = false;
  followShield(console, ({ hasPassphrase, isLocked }) => {
    const before = canLock;
    canLock = hasPassphrase && !isLocked;
    if (isSet && before === canLock) return;
    isSet = true;
    set();
  });
  wording.changed(set);
}

function createActs({ console, window, host, wording }: MenuParts): (deed: MenuDeed) => void {
  const { mayWrite } = clipboardRules(window);
  async function copyDiagnostics(): Promise<void> {
    const answer = await console.execute('diagnostics.get', {});
    if (!answer.ok) return window.show(); // locked: the page says so
    if (!mayWrite()) return window.show(ABOUT); // its own button copies
    await clipboard.writeText((answer.value as { text: string }).text);
  }
  return (deed) => {
    switch (deed.do) {
      case 'page':
        if (deed.id === 'lock') return void console.execute('shield.lock', {}); // whether a page hears it or not
        return askPage(window, deed.id);
      case 'quit':
        return app.quit();
      case 'about':
        return showAbout(wording);
      case 'documentation':
        return ignore(shell.openExternal(DOCUMENTATION));
      case 'diagnostics':
        return ignore(copyDiagnostics());
      default:
        return ignore(host.open?.(deed.do));
    }
  };
}

/** A browser, a file manager or a clipboard that does not come is seen by the person who asked for it. */
function ignore(work: Promise<unknown> | undefined): void {
  work?.catch(() => undefined);
}

function askPage(window: MenuParts['window'], id: MenuId): void {
  const contents = window.contents();
  const isListening = contents !== null && !contents.isLoading();
  window.show(isListening ? undefined : ROUTES[id]);
  if (isListening) contents.send(MENU, id);
}

function showAbout(wording: MenuParts['wording']): void {
  const { appName, about } = wording.words();
  app.setAboutPanelOptions({
    applicationName: appName,
    applicationVersion: app.getVersion(),
    copyright: about.copyright,
    credits: about.credits,
  });
  app.showAboutPanel();
}
