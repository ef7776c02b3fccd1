/**
 * Reads server-sent events from the bytes of a response, cut anywhere: what EventSource would do, which cannot send a
 * header. `id` and `event` are left out, as the console sends neither. Source: HTML, "Interpreting an event stream".
 */
export interface ServerSentListener {
  message(data: string): void;
  /** How long to wait before asking again once the connection is lost, ms. */
  retry(ms: number): void;
}

/** Returns how to give it the next bytes; an event that was not finished at the end is left out. */
export function serverSentReader(listener: ServerSentListener): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder();
  let unfinished = '';
  let data: string[] = [];

  function take(line: string): void {
    if (line === '') {
      if (data.length > 0) listener.message(data.join('\n'));
      data = [];
      return;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'retry' && /^\d+$/.test(value)) listener.retry(Number(value));
  }

  return (bytes) => {
    // A CR that is the last letter so far may be half of a line break: it waits for what follows.
    const lines = (unfinished + decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    unfinished = lines.pop() ?? '';
    for (const line of lines) take(line);
  };
}
