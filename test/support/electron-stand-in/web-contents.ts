/** What is in a window: the app's view of one page of the browser. */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { outer } from './addresses.ts';
import { type Line, openLine, wire } from './ipc-main.ts';
import { type Frame, PageDriver } from './page/driver.ts';
import { RENDERER } from './page/scripts.ts';
import { answerByScheme } from './protocol.ts';
import { permitted, session } from './session.ts';
import { isPrevented, makeEvent, strict } from './strict.ts';
import { browser, fault, noted } from './world.ts';

type Members =
  | ('id' | 'mainFrame' | 'send' | 'setWindowOpenHandler' | 'loadURL' | 'reload' | 'getURL' | 'getTitle')
  | (
      | 'isDestroyed'
      | 'isLoading'
      | 'executeJavaScript'
      | 'focus'
      | 'getType'
      | 'setZoomLevel'
      | 'getZoomLevel'
    );
type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

const frameOf = new WeakMap<Frame, Electron.WebFrameMain>();

/** Throws when it is looked at after the frame has gone, as Electron's does. */
function frameMain(frame: Frame): Electron.WebFrameMain {
  const look = <T>(see: (frame: Frame) => T): T => {
    if (frame.isDetached) throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    return see(frame);
  };
  const members = {
    get url() {
      return look(({ url }) => url);
    },
    get origin() {
      return look(({ origin }) => origin);
    },
    get parent() {
      return look(({ parent }) => parent && frameMain(parent));
    },
    get top(): Electron.WebFrameMain {
      return look(({ parent }) => (parent ? (frameMain(parent).top ?? frameMain(parent)) : made));
    },
    get detached() {
      return frame.isDetached;
    },
    isDestroyed: () => frame.isDetached,
  } satisfies Partial<Electron.WebFrameMain>;
  const made = frameOf.get(frame) ?? (strict('WebFrameMain', members) as unknown as Electron.WebFrameMain);
  frameOf.set(frame, made);
  return made;
}

let count = 0;

export class StandInContents extends EventEmitter implements Pick<Electron.WebContents, Members> {
  readonly id = ++count;
  readonly session = session.defaultSession;
  readonly driver: PageDriver;
  private readonly lines = new Map<number, Line>();
  private mayOpen: OpenHandler | null = null;
  private isGone = false;
  private isBusy = false;
  private zoom = 0;
  /** As its owners see it: the strict one. */
  private readonly self: Electron.WebContents;

  private constructor(preload: string) {
    super();
    this.self = strict('WebContents', this) as unknown as Electron.WebContents;
    this.driver = new PageDriver(this.id, preload, {
      mayNavigate: (url, frame, isRedirect) => this.mayNavigate(url, frame, isRedirect),
      answer: answerByScheme,
      hear: (message, frame, context) => this.lineOf(frame, context).hear(message),
      contextGone: (context) => {
        this.lines.get(context)?.end();
        this.lines.delete(context);
      },
      windowAsked: (url, name, features) => this.windowAsked(url, name, features),
      navigated: (url, isInPage) => {
        this.emit(
          isInPage ? 'did-navigate-in-page' : 'did-navigate',
          makeEvent({}),
          url,
          ...(isInPage ? [true] : []),
        );
      },
      loaded: () => {
        this.isBusy = false;
        for (const name of ['dom-ready', 'did-finish-load', 'did-stop-loading'])
          this.emit(name, makeEvent({}));
      },
      crashed: () => this.emit('render-process-gone', makeEvent({}), { reason: 'crashed', exitCode: 11 }),
    });
  }

  /** `inside`: the whole of it, for the stand-in; `shown`: the same, but saying loudly what it lacks. */
  static make(preload: string): { readonly inside: StandInContents; readonly shown: Electron.WebContents } {
    const inside = new StandInContents(preload);
    return { inside, shown: inside.self };
  }

  private lineOf(frame: Frame, context: number): Line {
    const known = this.lines.get(context);
    if (known) return known;
    const speaker = () => ({ sender: this.self, senderFrame: frame.isDetached ? null : frameMain(frame) });
    const line = openLine(speaker, (message) => this.driver.tell(context, message));
    this.lines.set(context, line);
    return line;
  }

  private mayNavigate(url: string, frame: Frame, isRedirect: boolean): boolean {
    const isMainFrame = frame.parent === null;
    const details = {
      url,
      isMainFrame,
      isSameDocument: false,
      frame: frameMain(frame),
      initiator: frameMain(frame),
    };
    const names = isRedirect
      ? ['will-redirect']
      : ['will-frame-navigate', ...(isMainFrame ? ['will-navigate'] : [])];
    // As a real Electron was seen to: what the first forbids the second is not asked about.
    const isForbidden = names.some((name) => isPrevented(this, name, details));
    if (isForbidden) noted.forbidden.push(url);
    return !isForbidden;
  }

  /** What the browser opens meanwhile the test's process closes again. */
  private windowAsked(url: string, frameName: string, features: string): void {
    const referrer = { url: '', policy: 'no-referrer' as const };
    const details = { url, frameName, features, disposition: 'foreground-tab' as const, referrer };
    const answer = this.mayOpen?.(details);
    if (answer?.action === 'deny') noted.forbidden.push(url);
    else
      fault(
        `stand-in: a window for ${url} was ${answer ? 'allowed' : 'not asked about'}; only denying is there`,
      );
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.mayOpen = handler;
  }

  async loadURL(url: string): Promise<void> {
    this.isBusy = true;
    const site = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/.exec(url)?.[0];
    await this.driver.ready;
    if (site !== undefined) await browser().ask('grant', this.id, outer(site), permitted(this.self, site));
    await this.driver.load(url).catch((error) => {
      this.isBusy = false;
      this.emit('did-fail-load', makeEvent({}), -2, error.message, url, true);
      throw error;
    });
  }

  reload(): void {
    this.driver.reload().catch((error) => fault(`stand-in: ${error}`));
  }
  send(channel: string, ...args: unknown[]): void {
    const context = this.driver.contextOf(this.driver.mainFrame);
    const encoded = wire.encode(args);
    if (context !== null) this.driver.tell(context, { kind: 'event', channel, args: encoded });
  }
  executeJavaScript(code: string): Promise<unknown> {
    return this.driver.evaluate(code);
  }

  /** As the page's isolated world would send it if the page had it in its hands. */
  async forge(frame: 'main' | 'inner', channel: string, args: readonly unknown[]): Promise<unknown> {
    const { mainFrame, frames } = this.driver;
    const from =
      frame === 'main' ? mainFrame : [...frames.values()].find(({ parent }) => parent === mainFrame);
    const contextId = from && this.driver.contextOf(from);
    if (contextId === undefined || contextId === null)
      throw new Error(`there is no ${frame} frame to speak from`);
    const call = `${RENDERER}.invoke(${JSON.stringify(channel)}, ...${JSON.stringify(args)})`;
    const expression = `${call}.then((value) => ({ value }), (error) => ({ error: error.message }))`;
    const params = { expression, contextId, awaitPromise: true, returnByValue: true };
    const { result } = (await this.driver.cdp('Runtime.evaluate', params)) as { result: { value: unknown } };
    return result.value;
  }

  get mainFrame(): Electron.WebFrameMain {
    return frameMain(this.driver.mainFrame);
  }
  getURL(): string {
    return this.driver.url === 'about:blank' ? '' : this.driver.url;
  }
  getTitle(): string {
    return '';
  }
  getType(): 'window' {
    return 'window';
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
  isLoading(): boolean {
    return this.isBusy;
  }
  focus(): void {}
  setZoomLevel(level: number): void {
    this.zoom = level;
  }
  getZoomLevel(): number {
    return this.zoom;
  }

  destroy(): void {
    if (this.isGone) return;
    this.isGone = true;
    for (const line of this.lines.values()) line.end();
    this.lines.clear();
    for (const frame of this.driver.frames.values()) frame.isDetached = true;
    browser()
      .ask('closePage', this.id)
      .catch(() => undefined);
    this.emit('destroyed');
  }
}
