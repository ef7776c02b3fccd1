/** One HTTP exchange that always ends: by an answer, a deadline, the size limit, or the caller giving up. */
import { type Failure, failureOf } from './failure.ts';
import { headFailure } from './reply.ts';
import type { Fetch } from './wechat.ts';

/** Real answers are below 1 KiB; the list of WeChat's addresses is the longest. */
const BODY_LIMIT = 64 * 1024;

export interface Limits {
  /** Milliseconds to connect; an injected fetch does not show when it did, so it adds to the wait for headers. */
  readonly connectTimeoutMs: number;
  /** Milliseconds for the response headers, and again for the body after them. */
  readonly answerTimeoutMs: number;
}

export interface Call {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly body?: string;
}

export interface Answer {
  readonly body: string;
  readonly date: string | null;
  /** What its status says, when that is not WeChat's 200: the body counts only if it is a refusal of WeChat's. */
  readonly status: Failure | null;
}

/** Sends one call and reads its answer; never throws for the network, and never lets the URL out. */
export async function exchange(
  fetch: Fetch,
  call: Call,
  limits: Limits,
  outer: AbortSignal | undefined,
): Promise<Answer | Failure> {
  const aborted: Failure = { reason: 'network', detail: 'aborted' };
  if (outer?.aborted) return aborted;

  const controller = new AbortController();
  // Raced against each step: the wait ends even if a fetch overlooks its signal.
  const { promise: halted, resolve } = Promise.withResolvers<Failure>();
  const halt = (why: Failure) => {
    resolve(why);
    controller.abort();
  };
  const deadline = (ms: number, missing: string) =>
    setTimeout(() => halt({ reason: 'timeout', detail: `no ${missing} within ${ms / 1000} s` }), ms);
  const giveUp = () => halt(aborted);

  outer?.addEventListener('abort', giveUp, { once: true });
  let timer = deadline(limits.connectTimeoutMs + limits.answerTimeoutMs, 'answer');
  try {
    const response = await Promise.race([halted, fetch(call.url, initOf(call, controller.signal))]);
    if ('reason' in response) return response;
    clearTimeout(timer);
    timer = deadline(limits.answerTimeoutMs, 'complete answer');
    return await Promise.race([halted, readAnswer(response)]);
  } catch (thrown) {
    return failureOf(thrown);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', giveUp);
  }
}

function initOf({ method, body }: Call, signal: AbortSignal): Parameters<Fetch>[1] {
  // no-cache: a token out of some cache would be shown as fresh.
  const headers = { accept: 'application/json', 'cache-control': 'no-cache' };
  return body === undefined
    ? { method, headers, signal, redirect: 'manual' }
    : {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        body,
        signal,
        redirect: 'manual',
      };
}

async function readAnswer(response: Response): Promise<Answer | Failure> {
  const status = headFailure(response);
  if (status !== null && !mayBeWechats(status, response)) {
    await response.body?.cancel().catch(() => undefined);
    return status;
  }
  const body = await readBody(response.body);
  if (body === null) return status ?? { reason: 'too-large', detail: `more than ${BODY_LIMIT / 1024} KiB` };
  // A stranger's Date is not WeChat's clock.
  return { body, date: status === null ? response.headers.get('date') : null, status };
}

/** Whether words of WeChat's may be in an answer whose status somebody in between has changed. */
function mayBeWechats({ reason }: Failure, { headers }: Response): boolean {
  return reason === 'http-status' && /json/i.test(headers.get('content-type') ?? '');
}

/** The whole body as text; null as soon as it is longer than the limit. */
async function readBody(stream: ReadableStream<Uint8Array> | null): Promise<string | null> {
  if (stream === null) return '';
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > BODY_LIMIT) {
      await reader.cancel().catch(() => undefined);
      return null;
    }
    chunks.push(part.value);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
