/** A mirror of Electron's downloads on loopback, well or ill, with a runtime that is a shell script. */
import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

export type Mood = 'right' | 'slow' | 'silent' | 'stalled' | 'wrong' | 'truncated' | 'missing' | 'failing';

export interface Mirror {
  /** With a slash at its end, as ELECTRON_MIRROR wants it. */
  readonly base: string;
  /** The host, which is how people are told of it. */
  readonly name: string;
  /** The paths that were asked for. */
  readonly asked: string[];
  close(): void;
}

/** `electron` in the zip: says what it was started with, and ends as the environment says. */
const SCRIPT = '#!/bin/sh\necho "RUNTIME $*"\nexit $RUNTIME_EXIT\n';

/** A zip with the files of a runtime that install.js looks at; `bytes` of ballast make it larger. */
export function runtimeZip(version: string, bytes = 0): Buffer {
  return zipOf([
    ['electron', SCRIPT, 0o755],
    ['version', version, 0o644],
    ['resources/ballast', 'x'.repeat(bytes), 0o644],
  ]);
}

export function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Stored, not compressed: PKWARE's APPNOTE 4.3.7, 4.3.12 and 4.3.16. */
export function zipOf(files: readonly [name: string, data: string | Buffer, mode: number][]): Buffer {
  const parts: Buffer[] = [];
  const index: Buffer[] = [];
  let at = 0;
  for (const [name, content, mode] of files) {
    const [title, data] = [Buffer.from(name), Buffer.from(content)];
    const common = Buffer.alloc(26); // from "version needed" to "extra field length"
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(title.length, 22);
    parts.push(Buffer.from('PK\u0003\u0004'), common, title, data);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((0o100000 | mode) * 65_536, 6);
    tail.writeUInt32LE(at, 10);
    index.push(Buffer.from('PK\u0001\u0002\u0014\u0003'), common, tail, title);
    at += 30 + title.length + data.length;
  }
  const listed = Buffer.concat(index);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, listed, Buffer.from('PK\u0005\u0006'), end]);
}

function answer(mood: Mood, zip: Buffer, reply: ServerResponse): void {
  const headers = { 'content-length': zip.length };
  const half = zip.subarray(0, zip.length / 2);
  if (mood === 'silent') return;
  if (mood === 'missing') reply.writeHead(404).end('no such file');
  if (mood === 'failing') reply.writeHead(500).end('try later');
  if (mood === 'right') reply.writeHead(200, headers).end(zip);
  if (mood === 'wrong') reply.writeHead(200, headers).end(Buffer.alloc(zip.length, 'no zip'));
  if (mood === 'stalled') reply.writeHead(200, headers).write(half);
  if (mood === 'truncated') {
    reply.writeHead(200, headers).write(half, () => reply.destroy());
  }
  if (mood === 'slow') {
    reply.writeHead(200, headers).write(half);
    setTimeout(() => reply.end(zip.subarray(half.length)), 150);
  }
}

/** Listens on a free port of 127.0.0.1. */
export async function startMirror(mood: Mood, zip: Buffer): Promise<Mirror> {
  const asked: string[] = [];
  const server = createServer((request, reply) => {
    asked.push(request.url ?? '');
    answer(mood, zip, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const name = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { base: `http://${name}/electron/`, name, asked, close };
}
