/**
 * How far this machine's clock is from WeChat's, from the answers that tell WeChat's time. No plan depends on it:
 * a token's end is reckoned from the moment before its request. It is told because everything else goes wrong
 * with such a clock: TLS, the times in the history, logs compared with a colleague's.
 */
import type { Timing, Wechat } from '../wechat/wechat.ts';

/** Off by less is what clocks are; an answer on its way and whole seconds add to it. */
const WORTH_TELLING_MS = 60_000;
/** WeChat tells whole seconds: half of one is what it leaves out on average. */
const HALF_A_SECOND = 500;
/** A difference that changed by less is not told anew. */
const SAME_MS = 5000;

export class ClockWatch {
  readonly #changed: () => void;
  #offMs = 0;

  /** `changed` is called when what there is to tell has changed. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Seconds this machine is ahead of WeChat, negative when behind; null when the clocks agree to a minute. */
  get offSeconds(): number | null {
    return Math.abs(this.#offMs) > WORTH_TELLING_MS ? Math.round(this.#offMs / 1000) : null;
  }

  /** The same WeChat, with each of its answers read for the time. */
  watching(wechat: Wechat): Wechat {
    return {
      fetchToken: async (request, signal) => this.#read(await wechat.fetchToken(request, signal)),
      checkToken: async (request, signal) => this.#read(await wechat.checkToken(request, signal)),
    };
  }

  #read<Reply extends Timing>(reply: Reply): Reply {
    const { wechatClock, askedAt, durationMs } = reply;
    if (wechatClock === null) return reply;
    const offMs = askedAt + durationMs / 2 - (wechatClock + HALF_A_SECOND);
    const before = this.offSeconds;
    const told = this.#offMs;
    this.#offMs = offMs;
    const isSame = (before === null) === (this.offSeconds === null) && Math.abs(offMs - told) < SAME_MS;
    if (isSame) this.#offMs = told;
    else if (before !== null || this.offSeconds !== null) this.#changed();
    return reply;
  }
}
