/** Which account and way the page shows, kept in the address. Pure. */
import { WAYS, type WayId } from './ways.ts';

export interface Choice {
  readonly appId: string | null;
  readonly way: WayId;
}

/** The choice an address carries; what does not fit is the first there is. */
export function choiceOf(query: string, appIds: readonly string[]): Choice {
  const params = new URLSearchParams(query);
  const appId = appIds.find((one) => one === params.get('appId')) ?? appIds[0] ?? null;
  const way = WAYS.find(({ id }) => id === params.get('way')) ?? WAYS[0];
  return { appId, way: way.id };
}

/** The address of a choice. */
export function queryOf({ appId, way }: Choice): string {
  const params = new URLSearchParams({ ...(appId !== null && { appId }), way });
  return params.toString();
}
