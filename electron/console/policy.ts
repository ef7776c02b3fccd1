/** What administrators have settled for this machine; each part is there only where the file has it. Types only. */
import type { GatewaySettings, Preferences, ProxySettings } from './contract.ts';

export interface Policy {
  readonly gateway?: GatewaySettings | undefined;
  readonly proxy?: ProxySettings | undefined;
  /** false: no updates here. */
  readonly updates?: Preferences['updates'] | false | undefined;
  readonly language?: 'zh' | 'en' | undefined;
  /** Why the file that is there is not followed; null: it is, or there is none. */
  readonly fault: string | null;
}
