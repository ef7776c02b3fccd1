/** The tray, or on macOS the menu bar: drawn from tray-model.ts, and again only when that changed. */
import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { Console } from '../console/console.ts';
import { type Accounts, accountsAfter } from './follow.ts';
import { soon } from './soon.ts';
import { type Deed, type TrayLine, type TrayModel, trayModel } from './tray-model.ts';
import type { Wording } from './wording.ts';

export interface TrayParts {
  readonly console: Pick<Console, 'listen'>;
  readonly wording: Pick<Wording, 'words' | 'changed'>;
  /** The folder of tray-ok.png, tray-attention.png and trayTemplate.png. */
  readonly icons: string;
  readonly platform: NodeJS.Platform;
  readonly act: (deed: Deed) => void;
}

/** Events come in bunches; they are drawn once. */
const BUNCH_MS = 200;
/** Many accounts' texts change soon after one another; they are drawn together. */
const LEAST_MS = 10_000;
/** What may change the tray beside the accounts. */
const NEWS: ReadonlySet<string> = new Set(['shield-changed', 'preferences-changed']);

/**
 * There while the preference says that the console keeps running without its window. The returned function draws
 * what has changed meanwhile: after sleep a timer is late.
 */
export function showTray(parts: TrayParts): () => void {
  const icon = new Icon(parts);
  let accounts: Accounts = new Map();
  let isLocked = false;
  let timer: NodeJS.Timeout | null = null;

  function draw(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!icon.isThere) return;
    const now = Date.now();
    const facts = {
      accounts: [...accounts.values()],
      shield: { isLocked },
      words: parts.wording.words(),
      now,
    };
    const { model, changesAt } = trayModel(facts);
    icon.draw(model);
    if (changesAt !== null) timer = setTimeout(draw, Math.max(LEAST_MS, changesAt - now));
  }

  const drawSoon = soon(BUNCH_MS, draw);

  parts.console.listen((event) => {
    const before = accounts;
    accounts = accountsAfter(accounts, event);
    if (event.type === 'state') {
      isLocked = event.state.shield.isLocked;
      icon.keep(event.state.preferences.values.keepRunning);
      return draw();
    }
    if (event.type === 'shield-changed') isLocked = event.shield.isLocked;
    if (event.type === 'preferences-changed') icon.keep(event.preferences.values.keepRunning);
    if (NEWS.has(event.type) || before !== accounts) drawSoon();
  });
  parts.wording.changed(drawSoon);
  return draw;
}

class Icon {
  readonly #parts: TrayParts;
  #tray: Tray | null = null;
  #drawn: TrayModel | null = null;

  constructor(parts: TrayParts) {
    this.#parts = parts;
  }

  get isThere(): boolean {
    return this.#tray !== null;
  }

  keep(isWanted: boolean): void {
    if (isWanted === this.isThere) return;
    this.#drawn = null;
    if (isWanted) {
      this.#tray = new Tray(this.#image('ok'));
      // On macOS a click opens the menu, and on Linux not every desktop tells of one.
      if (this.#parts.platform !== 'darwin') this.#tray.on('click', () => this.#parts.act({ do: 'show' }));
    } else {
      this.#tray?.destroy();
      this.#tray = null;
    }
  }

  draw(model: TrayModel): void {
    const tray = this.#tray;
    const drawn = this.#drawn;
    if (tray === null || JSON.stringify(drawn) === JSON.stringify(model)) return;
    this.#drawn = model;
    const { platform } = this.#parts;
    if (platform === 'darwin') tray.setTitle(model.title);
    else if (model.icon !== (drawn?.icon ?? 'ok')) tray.setImage(this.#image(model.icon));
    if (model.tooltip !== drawn?.tooltip) tray.setToolTip(model.tooltip);
    // On Linux a menu that was changed must be set again (Electron's docs/api/tray.md).
    tray.setContextMenu(Menu.buildFromTemplate(model.lines.map((line) => this.#item(line))));
  }

  #image(icon: TrayModel['icon']) {
    const name = this.#parts.platform === 'darwin' ? 'trayTemplate.png' : `tray-${icon}.png`;
    return nativeImage.createFromPath(join(this.#parts.icons, name));
  }

  #item(line: TrayLine | null): MenuItemConstructorOptions {
    if (line === null) return { type: 'separator' };
    const { label: text, deed, lines } = line;
    const label = text.replaceAll('&', '&&'); // a single one marks a key
    if (lines) return { label, submenu: lines.map((inner) => this.#item(inner)) };
    if (deed) return { label, click: () => this.#parts.act(deed) };
    return { label, enabled: false };
  }
}
