/** The Redis client, loaded with the first connection: no console without a Redis pays for its megabyte at the start. */
type Library = typeof import('@redis/client');

let loaded: Library | null = null;

export async function loadLibrary(): Promise<Library> {
  loaded ??= await import('@redis/client');
  return loaded;
}

/** null before the first connection: none of its errors can be about then. */
export function loadedLibrary(): Library | null {
  return loaded;
}
