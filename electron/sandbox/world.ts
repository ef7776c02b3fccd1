/**
 * A WeChat without a network: accounts, their tokens, whitelists, administrators and budgets, and the hands
 * that move them. The clock and the random numbers come from outside.
 */
import type { TokenLine } from '../console/contract.ts';
import {
  type Account,
  type AccountSettings,
  checked,
  checkedIp,
  DEFAULT_SETTINGS,
  newAccount,
} from './account.ts';
import { type ApiReply, type ApiRequest, type Call, type Platform, TOKEN_LENGTH, understand } from './api.ts';
import { type Consent, confirm, isBlocked, refuse, UNASKED } from './consent.ts';
import { type Fault, type FaultScope, Faults, isIntercepted, type TransportFault } from './faults.ts';
import { type Issued, issue, usable } from './line.ts';
import { type Counters, Log, type LoggedCall } from './log.ts';
import { wording } from './refusal.ts';

const DEFAULT_CALLER_IP = '203.0.113.7';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export type NewAccount = Pick<AccountSettings, 'secret'> & Partial<AccountSettings> & { appId: string };

export interface WorldOptions {
  /** ms since the Unix epoch. */
  readonly clock: () => number;
  /** Numbers from 0 to 1, 1 excluded. */
  readonly random?: () => number;
  /** The life of new tokens, for accounts that are added without one: 1 to 7200 s. */
  readonly lifeSeconds?: number;
}

/** What the transport has to do with a call: send `json`, harmed or replaced as `fault` says. */
export interface WorldAnswer {
  readonly json: string;
  readonly fault: TransportFault | null;
}

/** Every method that names an account throws RangeError when there is none of that AppID. */
export class World {
  readonly #clock: () => number;
  readonly #random: () => number;
  readonly #lifeSeconds: number;
  readonly #accounts = new Map<string, Account>();
  readonly #faults = new Faults();
  readonly #log = new Log();
  #callerIp = DEFAULT_CALLER_IP;
  #minted = 0;

  constructor({ clock, random = Math.random, lifeSeconds = DEFAULT_SETTINGS.lifeSeconds }: WorldOptions) {
    this.#clock = clock;
    this.#random = random;
    this.#lifeSeconds = lifeSeconds;
  }

  now(): number {
    return this.#clock();
  }

  /** Throws RangeError for a second account of one AppID, or settings that WeChat never has. */
  add({ appId, ...settings }: NewAccount): void {
    if (this.#accounts.has(appId)) throw new RangeError(`the sandbox already has an account ${appId}`);
    const complete = { ...DEFAULT_SETTINGS, lifeSeconds: this.#lifeSeconds, ...settings };
    this.#accounts.set(appId, newAccount(appId, complete));
  }

  change(appId: string, changes: Partial<AccountSettings>): void {
    const account = this.#find(appId);
    account.settings = checked({ ...account.settings, ...changes });
  }

  /** Where calls seem to come from: one account's, or those of every account without an IP of its own. */
  setCallerIp(ip: string, appId?: string): void {
    if (appId === undefined) this.#callerIp = checkedIp(ip);
    else this.change(appId, { callerIp: ip });
  }

  /** The administrator allows an IP, the account's caller IP unless given, whether or not he was asked. */
  confirm(appId: string, ip?: string): void {
    this.#decide(appId, ip, confirm);
  }

  /** The administrator refuses an IP: 89507 for 1 h, 89506 for 24 h if that is the second time in 24 h. */
  refuse(appId: string, ip?: string): void {
    this.#decide(appId, ip, (consent) => refuse(consent, this.now()));
  }

  /** The IPs that wait for the administrator. */
  pending(appId: string): readonly string[] {
    return [...this.#find(appId).consents].filter(([, { state }]) => state === 'pending').map(([ip]) => ip);
  }

  /** Plans a fault for the next calls, or until it is lifted. Faults planned earlier come first. */
  inject(fault: Fault, scope: FaultScope = {}): void {
    if (scope.appId !== undefined) this.#find(scope.appId);
    this.#faults.inject(fault, scope);
  }

  /** Ends the faults of one account, or every fault. */
  lift(appId?: string): void {
    this.#faults.lift(appId);
  }

  /** Another system gets a new token, now or some seconds ago, and so overwrites the line's current one. */
  mintElsewhere(appId: string, line: TokenLine = 'standard', secondsAgo = 0): void {
    const { lines, settings } = this.#find(appId);
    const at = this.now() - secondsAgo * 1000;
    lines[line] = issue(lines[line], this.#newToken(), at, settings.lifeSeconds);
  }

  /** The tokens that work now, newest first, two at most. */
  usableTokens(appId: string, line: TokenLine): readonly Issued[] {
    return usable(this.#find(appId).lines[line], this.now());
  }

  /** The last calls, 10 000 at least, oldest first. */
  calls(appId?: string): readonly LoggedCall[] {
    return this.#log.calls(appId);
  }

  counters(appId?: string): Counters {
    return this.#log.counters(appId);
  }

  /** Answers a call as WeChat would, and remembers it. */
  answer(request: ApiRequest): WorldAnswer {
    const platform = this.#platform();
    const call = understand(platform, request);
    const { account, asksToken, force } = call;
    const appId = account?.appId ?? null;
    const duringBlock = asksToken && account !== null && this.#isBlocked(account);
    const fault = this.#faults.take(appId);
    const reply = replyTo(call, fault);
    const refusal = reply !== null && 'errcode' in reply && reply.errcode !== 0 ? reply : null;
    this.#log.record({
      at: platform.now,
      path: request.path,
      appId,
      force,
      answeredErrcode: refusal?.errcode ?? null,
      duringBlock,
      fault: fault?.kind ?? null,
    });
    return {
      json: JSON.stringify(refusal === null ? reply : wording(refusal, platform.now, this.#random)),
      fault: fault?.kind === 'errcode' ? null : fault,
    };
  }

  #find(appId: string): Account {
    const account = this.#accounts.get(appId);
    if (account === undefined) throw new RangeError(`no account ${appId} in the sandbox`);
    return account;
  }

  #ipOf({ settings }: Account): string {
    return settings.callerIp ?? this.#callerIp;
  }

  #decide(appId: string, ip: string | undefined, decision: (consent: Consent) => Consent): void {
    const account = this.#find(appId);
    const from = ip ?? this.#ipOf(account);
    account.consents.set(from, decision(account.consents.get(from) ?? UNASKED));
  }

  #isBlocked(account: Account): boolean {
    const consent = account.consents.get(this.#ipOf(account)) ?? UNASKED;
    return account.settings.confirmation && isBlocked(consent, this.now());
  }

  #platform(): Platform {
    return {
      accounts: this.#accounts,
      now: this.now(),
      ipOf: (account) => this.#ipOf(account),
      newToken: () => this.#newToken(),
    };
  }

  /** Says what it is, so that nobody takes it for a real one; the serial number keeps it unique. */
  #newToken(): string {
    this.#minted += 1;
    const start = `${this.#minted}_sandbox_`;
    const letter = () => LETTERS[Math.floor(this.#random() * LETTERS.length)];
    return start + Array.from({ length: TOKEN_LENGTH - start.length }, letter).join('');
  }
}

/** What WeChat makes of a call; null when it never hears of it. */
function replyTo(call: Call, fault: Fault | null): ApiReply | null {
  if (fault?.kind === 'errcode') return fault;
  return fault !== null && isIntercepted(fault) ? null : call.answer();
}
