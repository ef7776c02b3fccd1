/** One page of the browser over the DevTools protocol: its frames, its scripts, and what it asks for. */

import { setTimeout } from 'node:timers/promises';
import { inner, outer } from '../addresses.ts';
import { browser } from '../world.ts';
import type { FromPage, ToPage } from './ipc.ts';
import { BINDING, pageScripts, RECEIVE, WORLD } from './scripts.ts';

export interface Frame {
  readonly id: string;
  readonly parent: Frame | null;
  url: string;
  origin: string;
  isDetached: boolean;
}

interface Paused {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly redirectedRequestId?: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly postData?: string;
  };
}

/** What a page asks of the app. */
export interface PageOwner {
  /** Whether a navigation that the page itself began may go on. */
  mayNavigate(url: string, frame: Frame, isRedirect: boolean): boolean;
  /** The answer to a request by a scheme of the app; null when nothing handles it. */
  answer(request: Request): Promise<Response | null>;
  hear(message: FromPage, frame: Frame, context: number): void;
  contextGone(context: number): void;
  windowAsked(url: string, name: string, features: string): void;
  navigated(url: string, isInPage: boolean): void;
  loaded(): void;
  crashed(): void;
}

interface CdpFrame {
  readonly id: string;
  readonly parentId?: string;
  readonly url: string;
  readonly urlFragment?: string;
}

const GRACE_MS = 20;

const withoutHash = (url: string) => url.replace(/#.*$/s, '');

export class PageDriver {
  readonly frames = new Map<string, Frame>();
  /** The isolated worlds by their contexts' ids. */
  readonly contexts = new Map<number, Frame>();
  private main: Frame | null = null;
  /** Where frames are about to go by themselves, by frame and address. */
  private readonly wanted = new Set<string>();
  private isLoading = false;
  private readonly unsaid = new Map<number, ToPage[]>();
  /** Its scripts are in place. */
  readonly ready: Promise<void>;
  private readonly id: number;
  private readonly owner: PageOwner;

  constructor(id: number, preload: string, owner: PageOwner) {
    this.id = id;
    this.owner = owner;
    this.ready = this.prepare(preload);
  }

  /** Empty until something was there. */
  get url(): string {
    return this.main?.url ?? '';
  }

  cdp(method: string, params: object = {}): Promise<unknown> {
    return browser().ask('cdp', this.id, method, params);
  }

  get mainFrame(): Frame {
    if (this.main === null) throw new Error('stand-in: the page is not there yet');
    return this.main;
  }

  private async prepare(preload: string): Promise<void> {
    await browser().ask('openPage', this.id);
    const scripts = pageScripts(preload, `stand-in-${crypto.randomUUID()}`);
    const { frameTree } = (await this.cdp('Page.getFrameTree')) as { frameTree: { frame: CdpFrame } };
    this.main = this.keep(frameTree.frame);
    await this.cdp('Page.enable');
    await this.cdp('Runtime.enable');
    await this.cdp('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
    await this.cdp('Page.addScriptToEvaluateOnNewDocument', { source: scripts.isolated, worldName: WORLD });
    await this.cdp('Page.addScriptToEvaluateOnNewDocument', { source: scripts.main });
    await this.cdp('Fetch.enable', {
      patterns: [{ urlPattern: 'https://*.invalid/*' }, { urlPattern: '*', resourceType: 'Document' }],
    });
  }

  private keep({ id, parentId, url, urlFragment = '' }: CdpFrame): Frame {
    const known = this.frames.get(id);
    if (known) {
      known.url = inner(url + urlFragment);
      return known;
    }
    const parent = parentId === undefined ? null : (this.frames.get(parentId) ?? null);
    const frame = { id, parent, url: inner(url + urlFragment), origin: '', isDetached: false };
    this.frames.set(id, frame);
    return frame;
  }

  /** Rejects as Electron's loadURL does when nothing can be shown. */
  async load(url: string): Promise<void> {
    await this.ready;
    this.isLoading = true;
    const result = (await this.cdp('Page.navigate', { url: outer(url) }).finally(() => {
      this.isLoading = false;
    })) as { errorText?: string };
    if (result.errorText) throw new Error(`${result.errorText} loading '${url}'`);
  }

  async reload(): Promise<void> {
    await this.cdp('Page.reload');
  }

  /** Runs in the page's own world. */
  async evaluate(expression: string): Promise<unknown> {
    const params = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = (await this.cdp('Runtime.evaluate', params)) as {
      result: { value?: unknown };
      exceptionDetails?: { text: string };
    };
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value;
  }

  contextOf(frame: Frame): number | null {
    return [...this.contexts].findLast(([, of]) => of === frame)?.[0] ?? null;
  }

  /** In order; what comes while the page still hears the last one goes together. */
  tell(context: number, message: ToPage): void {
    const waiting = this.unsaid.get(context);
    if (waiting) return void waiting.push(message);
    this.unsaid.set(context, [message]);
    void this.sayAll(context);
  }

  private async sayAll(context: number): Promise<void> {
    for (;;) {
      const messages = this.unsaid.get(context)?.splice(0) ?? [];
      if (messages.length === 0) break;
      const expression = messages.map((message) => `${RECEIVE}(${JSON.stringify(message)})`).join(';');
      // A world that is gone hears nothing, as in Electron.
      await this.cdp('Runtime.evaluate', { expression, contextId: context }).catch(() => undefined);
    }
    this.unsaid.delete(context);
  }

  hear(method: string, params: object): void {
    const handler = this.handlers[method];
    if (handler) handler(params as never);
  }

  private readonly handlers: Readonly<Record<string, (params: never) => void>> = {
    'Fetch.requestPaused': (paused: Paused) => {
      this.answer(paused).catch(() => undefined); // the page has gone meanwhile
    },
    'Runtime.bindingCalled': (called: { name: string; payload: string; executionContextId: number }) => {
      const frame = this.contexts.get(called.executionContextId);
      if (called.name !== BINDING || frame === undefined) return;
      this.owner.hear(JSON.parse(called.payload) as FromPage, frame, called.executionContextId);
    },
    'Runtime.executionContextCreated': ({ context }: { context: Context }) => this.worldMade(context),
    'Runtime.executionContextDestroyed': ({ executionContextId }: { executionContextId: number }) => {
      if (this.contexts.delete(executionContextId)) this.owner.contextGone(executionContextId);
    },
    'Runtime.executionContextsCleared': () => {
      const gone = [...this.contexts.keys()];
      this.contexts.clear();
      for (const context of gone) this.owner.contextGone(context);
    },
    'Page.frameAttached': ({ frameId, parentFrameId }: { frameId: string; parentFrameId: string }) => {
      this.keep({ id: frameId, parentId: parentFrameId, url: 'about:blank' });
    },
    'Page.frameNavigated': ({ frame }: { frame: CdpFrame }) => {
      const kept = this.keep(frame);
      if (kept === this.main) this.owner.navigated(kept.url, false);
    },
    'Page.navigatedWithinDocument': ({ frameId, url }: { frameId: string; url: string }) => {
      const kept = this.keep({ id: frameId, url });
      if (kept === this.main) this.owner.navigated(kept.url, true);
    },
    'Page.frameRequestedNavigation': ({ frameId, url }: { frameId: string; url: string }) => {
      this.wanted.add(`${frameId} ${withoutHash(url)}`);
    },
    'Page.frameDetached': ({ frameId }: { frameId: string }) => {
      const frame = this.frames.get(frameId);
      if (frame) frame.isDetached = true;
      this.frames.delete(frameId);
    },
    'Page.loadEventFired': () => this.owner.loaded(),
    'Page.windowOpen': (asked: { url: string; windowName: string; windowFeatures: string[] }) =>
      this.owner.windowAsked(inner(asked.url), asked.windowName, asked.windowFeatures.join()),
    'Inspector.targetCrashed': () => this.owner.crashed(),
  };

  private worldMade({ id, name, origin, auxData }: Context): void {
    const frame = this.frames.get(auxData.frameId);
    if (frame === undefined) return;
    if (auxData.isDefault) frame.origin = inner(origin);
    if (name === WORLD) this.contexts.set(id, frame);
  }

  /** Whether the page itself began a navigation; the others come from the app, or from the test in a user's place. */
  private async isOwnWish(frame: Frame, url: string): Promise<boolean> {
    const wish = `${frame.id} ${withoutHash(url)}`;
    if (this.isLoading) return false;
    // The page's wish is told before its request; the pause is for the day that this changes.
    if (!this.wanted.has(wish)) await setTimeout(GRACE_MS);
    return this.wanted.delete(wish);
  }

  private async answer({
    requestId,
    request,
    frameId,
    resourceType,
    redirectedRequestId,
  }: Paused): Promise<void> {
    const fail = (errorReason: string) => this.cdp('Fetch.failRequest', { requestId, errorReason });
    const frame = this.frames.get(frameId) ?? this.mainFrame;
    const url = inner(request.url);
    if (resourceType === 'Document') {
      const isRedirect = redirectedRequestId !== undefined;
      const isAsked = isRedirect || (await this.isOwnWish(frame, request.url));
      if (isAsked && !this.owner.mayNavigate(url, frame, isRedirect)) return void (await fail('Aborted'));
    }
    if (url === request.url) return void (await this.cdp('Fetch.continueRequest', { requestId }));
    const { method, headers, postData } = request;
    const hasBody = postData !== undefined && method !== 'GET' && method !== 'HEAD';
    const response = await this.owner.answer(
      new Request(url, { method, headers, ...(hasBody && { body: postData }) }),
    );
    if (response === null) return void (await fail('NameNotResolved'));
    await this.cdp('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }
}

interface Context {
  readonly id: number;
  readonly name: string;
  readonly origin: string;
  readonly auxData: { readonly frameId: string; readonly isDefault: boolean };
}
