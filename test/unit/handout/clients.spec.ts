import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Clients } from '../../../electron/handout/clients.ts';
import type { ClientRow } from '../../../electron/ledger/ledger.ts';

const SHOP = 'wx00000000000000a1';
const CLUB = 'wx00000000000000b2';

let rows: ClientRow[];
let now: number;
const uses = vi.fn<(uses: ReadonlyMap<string, number>) => void>();
const fault = vi.fn();
const changed = vi.fn();

function open(): Clients {
  return new Clients({
    ledger: {
      clients: () => rows,
      addClient: (row) => void rows.push(row),
      removeClient: (id) => {
        rows = rows.filter((row) => row.id !== id);
      },
      noteClientUses: uses,
    },
    clock: () => now,
    changed,
    fault,
  });
}

beforeEach(() => {
  rows = [];
  now = 1_700_000_000_000;
  vi.clearAllMocks();
  uses.mockReset();
});

describe('the keys of business servers', () => {
  it('are made once, found again after a restart, and stored as a hash only', () => {
    const clients = open();
    const { id, key } = clients.create({ name: '订单服务', appIds: [SHOP] });
    expect(key).toMatch(/^wtc_[\w-]{43}$/);
    expect(JSON.stringify(rows)).not.toContain(key);
    expect(JSON.stringify(clients.views())).not.toContain(key);
    for (const opened of [clients, open()]) {
      expect(opened.find(key)?.id).toBe(id);
      expect(opened.find(key)?.mayRead(SHOP)).toBe(true);
      expect(opened.find(key)?.mayRead(CLUB)).toBe(false);
      expect(opened.find(`${key}x`)).toBeNull();
      expect(opened.find('')).toBeNull();
    }
    clients.close();
  });

  it('for all accounts read those added later too', () => {
    const { key } = open().create({ name: 'all', appIds: '*' });
    expect(open().find(key)?.mayRead('wx00000000000000ff')).toBe(true);
  });

  it('that are revoked open nothing any more, here and after a restart', () => {
    const clients = open();
    const { id, key } = clients.create({ name: 'one', appIds: '*' });
    const found = clients.find(key);
    expect(found?.isRevoked()).toBe(false);
    clients.revoke(id);
    expect(clients.find(key)).toBeNull();
    expect(found?.isRevoked()).toBe(true);
    expect(open().find(key)).toBeNull();
    expect(() => clients.revoke(id)).toThrow(/no key/);
  });

  it('are not made when they cannot be stored', () => {
    const clients = open();
    vi.spyOn(rows, 'push').mockImplementation(() => {
      throw new Error('disk full');
    });
    expect(() => clients.create({ name: 'one', appIds: '*' })).toThrow(/disk full/);
    expect(clients.views()).toEqual([]);
  });
});

describe('who fetched what', () => {
  it('is kept in memory: last use, the token, requests of the last minute', () => {
    const clients = open();
    const { key } = clients.create({ name: 'one', appIds: '*' });
    const client = clients.find(key);
    if (!client) throw new Error('no client');
    for (let n = 0; n < 90; n++) {
      clients.noteUse(client, SHOP, n < 50 ? 'aaaaaaaa' : 'bbbbbbbb');
      now += 1000;
    }
    clients.noteUse(client, CLUB, null);
    expect(clients.views()[0]).toMatchObject({
      lastUsedAt: now,
      perMinute: 60,
      fetched: [{ appId: SHOP, fingerprint: 'bbbbbbbb', at: now - 1000 }],
    });
    now += 61_000;
    expect(clients.views()[0]?.perMinute).toBe(0);
    expect(uses).not.toHaveBeenCalled();
    clients.close();
    expect(uses).toHaveBeenCalledTimes(1);
  });

  it('is written down again later when the disk was full', () => {
    const clients = open();
    const { id, key } = clients.create({ name: 'one', appIds: '*' });
    const client = clients.find(key);
    if (!client) throw new Error('no client');
    const seen: [string, number][][] = [];
    uses.mockImplementation((some) => {
      seen.push([...some]);
      if (seen.length === 1) throw new Error('disk full');
    });
    clients.noteUse(client, SHOP, 'aaaaaaaa');
    clients.flush();
    clients.flush();
    clients.flush();
    expect(seen).toEqual([[[id, now]], [[id, now]]]);
    expect(fault).toHaveBeenCalledTimes(1);
  });
});
