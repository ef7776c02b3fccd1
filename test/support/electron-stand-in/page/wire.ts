/**
 * Values as text, by the rules of structured cloning. `createWire` is read as source text into the page as well, so
 * it uses nothing from outside its own body.
 */

/** How a value crosses that structured cloning refuses: a function or a promise over the context bridge. */
export interface Handle {
  readonly kind: 'function' | 'promise';
  readonly id: number;
}

export interface Handles {
  /** The handle for a value, or null for one without. */
  give(value: object): Handle | null;
  take(handle: Handle): unknown;
}

export interface Wire {
  /** Throws Electron's own words, "An object could not be cloned.", for what cannot cross. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

type Coded = string | number | boolean | null | { readonly t: string; readonly v?: unknown };

export function createWire(handles: Handles | null): Wire {
  const refused = () => new Error('An object could not be cloned.');
  const tagOf = (value: object) => Object.prototype.toString.call(value).slice(8, -1);

  function bytesIn(value: ArrayBuffer | ArrayBufferView): string {
    const view = ArrayBuffer.isView(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : new Uint8Array(value);
    return btoa(Array.from(view, (byte) => String.fromCharCode(byte)).join(''));
  }

  type Write = (value: never, go: (inner: unknown) => Coded) => unknown;
  const outOf = new Map<string, Write>([
    ['Array', (value: unknown[], go) => Array.from(value, go)],
    ['ArrayBuffer', (value: ArrayBuffer) => bytesIn(value)],
    ['Boolean', (value: boolean) => Boolean(value)],
    ['Date', (value: Date, go) => go(value.getTime())],
    ['Error', (value: Error, go) => [value.name, value.message, value.stack].map(go)],
    ['Map', (value: Map<unknown, unknown>, go) => Array.from(value, ([key, x]) => [go(key), go(x)])],
    ['Object', (value: object, go) => Object.entries(value).map(([key, x]) => [key, go(x)])],
    ['RegExp', (value: RegExp) => [value.source, value.flags]],
    ['Set', (value: Set<unknown>, go) => Array.from(value, go)],
  ]);

  function encodeObject(value: object, seen: Map<object, number>): Coded {
    const handle = handles?.give(value) ?? null;
    if (handle !== null) return { t: 'handle', v: handle };
    if (typeof value === 'function') throw refused();
    const at = seen.get(value);
    if (at !== undefined) return { t: 'seen', v: at };
    seen.set(value, seen.size);
    const tag = tagOf(value);
    const go = (inner: unknown) => encodeIn(inner, seen);
    if (ArrayBuffer.isView(value)) return { t: 'view', v: [tag, bytesIn(value)] };
    const write = outOf.get(tag);
    if (write === undefined) throw refused();
    return { t: tag, v: write(value as never, go) };
  }

  function encodeIn(value: unknown, seen: Map<object, number>): Coded {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      const isPlain = Number.isFinite(value) && !Object.is(value, -0);
      return isPlain ? value : { t: 'number', v: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (value === undefined) return { t: 'undefined' };
    if (typeof value === 'bigint') return { t: 'bigint', v: String(value) };
    if (typeof value === 'symbol') throw refused();
    return encodeObject(value, seen);
  }

  function bufferOf(text: string): ArrayBuffer {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
  }

  function viewOf(tag: string, buffer: ArrayBuffer): unknown {
    const views = {
      Uint8Array,
      Int8Array,
      Uint8ClampedArray,
      Uint16Array,
      Int16Array,
      Uint32Array,
      Int32Array,
    };
    const wide = { Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView };
    const View = { ...views, ...wide }[tag as 'Uint8Array'];
    if (View === undefined) throw refused();
    return new View(buffer);
  }

  /** Objects are listed before what is in them, as they were when they were written. */
  function filled<T extends object>(into: T, list: unknown[], fill: (into: T) => void): T {
    list.push(into);
    fill(into);
    return into;
  }

  type Pairs = readonly (readonly [Coded, Coded])[];
  const into: Record<string, (v: never, list: unknown[], go: (inner: Coded) => unknown) => unknown> = {
    Array: (v: Coded[], list, go) =>
      filled([] as unknown[], list, (made) => {
        for (const x of v) made.push(go(x));
      }),
    Boolean: (v: boolean, list) => filled(Object(v), list, () => undefined),
    Date: (v: Coded, list, go) => filled(new Date(go(v) as number), list, () => undefined),
    Error: (v: Coded[], list, go) =>
      filled(new Error(String(go(v[1] ?? null))), list, (made) => {
        made.name = String(v[0]);
        made.stack = String(go(v[2] ?? null));
      }),
    Map: (v: Pairs, list, go) =>
      filled(new Map(), list, (made) => {
        for (const [key, x] of v) made.set(go(key), go(x));
      }),
    Object: (v: Pairs, list, go) =>
      filled({}, list, (made) => {
        const options = { enumerable: true, configurable: true, writable: true };
        for (const [key, x] of v) Object.defineProperty(made, String(key), { ...options, value: go(x) });
      }),
    RegExp: (v: [string, string], list) => filled(new RegExp(...v), list, () => undefined),
    Set: (v: Coded[], list, go) =>
      filled(new Set(), list, (made) => {
        for (const x of v) made.add(go(x));
      }),
    ArrayBuffer: (v: string, list) => filled(bufferOf(v), list, () => undefined),
    view: ([tag, v]: [string, string], list) =>
      filled(viewOf(tag, bufferOf(v)) as object, list, () => undefined),
    seen: (v: number, list) => list[v],
    handle: (v: Handle) => handles?.take(v),
    number: (v: string) => Number(v),
    bigint: (v: string) => BigInt(v),
    undefined: () => undefined,
  };

  function decodeIn(coded: Coded, list: unknown[]): unknown {
    if (coded === null || typeof coded !== 'object') return coded;
    const read = into[coded.t];
    if (read === undefined) throw refused();
    return read(coded.v as never, list, (inner) => decodeIn(inner, list));
  }

  return {
    encode: (value) => JSON.stringify(encodeIn(value, new Map())),
    decode: (text) => decodeIn(JSON.parse(text) as Coded, []),
  };
}
