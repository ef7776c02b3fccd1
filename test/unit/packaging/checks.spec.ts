import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { machineOf } from '../../../scripts/binary.ts';
import {
  afterAllArtifactBuild,
  afterPack,
  beforePack,
  fuseFile,
  keytarFault,
} from '../../../scripts/dist-checks.ts';
import { FUSES, readFuses, wrongFuses } from '../../../scripts/fuses.ts';

function elf(machine: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt32BE(0x7f454c46);
  bytes.writeUInt16LE(machine, 18);
  return bytes;
}

function pe(machine: number): Buffer {
  const bytes = Buffer.alloc(0x100);
  bytes.write('MZ');
  bytes.writeUInt32LE(0x80, 0x3c);
  bytes.write('PE\0\0', 0x80, 'latin1');
  bytes.writeUInt16LE(machine, 0x84);
  return bytes;
}

function machO(cpu: number): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.writeUInt32LE(0xfeedfacf);
  bytes.writeUInt32LE(cpu, 4);
  return bytes;
}

function universal(...cpus: number[]): Buffer {
  const bytes = Buffer.alloc(8 + 20 * cpus.length);
  bytes.writeUInt32BE(0xcafebabe);
  bytes.writeUInt32BE(cpus.length, 4);
  for (const [index, cpu] of cpus.entries()) bytes.writeUInt32BE(cpu, 8 + 20 * index);
  return bytes;
}

const [MAC_X64, MAC_ARM64] = [0x01000007, 0x0100000c];
const WIRE = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const electron = (states: string, version = 1) =>
  Buffer.concat([elf(62), Buffer.from(WIRE), Buffer.from([version, states.length]), Buffer.from(states)]);

describe('the machine of a native file', () => {
  it.each([
    ['Linux x64', elf(62), 'linux', ['x64']],
    ['Linux arm64', elf(183), 'linux', ['arm64']],
    ['Windows x64', pe(0x8664), 'win32', ['x64']],
    ['Windows arm64', pe(0xaa64), 'win32', ['arm64']],
    ['macOS x64', machO(MAC_X64), 'darwin', ['x64']],
    ['macOS arm64', machO(MAC_ARM64), 'darwin', ['arm64']],
    ['macOS universal', universal(MAC_X64, MAC_ARM64), 'darwin', ['x64', 'arm64']],
    ['something newer', elf(243), 'linux', ['unknown (243)']],
  ])('%s', (_name, bytes, platform, archs) => {
    expect(machineOf(bytes)).toEqual({ platform, archs });
  });

  it.each([
    ['a script', Buffer.from('#!/bin/sh\n')],
    ['nothing', Buffer.alloc(0)],
    ['a PE that is cut short', pe(0x8664).subarray(0, 0x70)],
    ['an MZ that is no PE', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(0x100)])],
  ])('%s has none', (_name, bytes) => {
    expect(machineOf(bytes)).toBeNull();
  });
});

describe('the fuse wire', () => {
  it('is read fuse by fuse, in each part of a universal binary', () => {
    const both = Buffer.concat([electron('01r0x'), electron('1')]);
    expect(readFuses(both)).toEqual([
      {
        runAsNode: 'off',
        enableCookieEncryption: 'on',
        enableNodeOptionsEnvironmentVariable: 'removed',
        enableNodeCliInspectArguments: 'off',
        enableEmbeddedAsarIntegrityValidation: 'unknown',
      },
      { runAsNode: 'on' },
    ]);
  });

  it('with a fuse that nobody has decided about, of another version, or absent, is an error', () => {
    expect(() => readFuses(electron('0'.repeat(FUSES.length + 1)))).toThrow('10 fuses, and 9 are decided');
    expect(() => readFuses(electron('0', 2))).toThrow('version 2');
    expect(() => readFuses(elf(62))).toThrow('no fuse wire');
  });

  it('that differs from a decision is told by name; a removed fuse cannot differ', () => {
    const decided = { runAsNode: false, enableCookieEncryption: true, onlyLoadAppFromAsar: true };
    expect(wrongFuses({ runAsNode: 'on', enableCookieEncryption: 'removed' }, decided)).toEqual([
      'runAsNode: is on, should be off',
      'onlyLoadAppFromAsar: is missing, should be on',
    ]);
  });
});

describe('the hooks of electron-builder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wtc-dist-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const KEYTAR = 'node_modules/keytar/build/Release/keytar.node';
  function put(name: string, bytes: Buffer): string {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  }
  const context = (arch: number) =>
    ({
      appOutDir: join(folder, 'out'),
      arch,
      electronPlatformName: 'linux',
      packager: {
        projectDir: folder,
        executableName: 'console',
        appInfo: { productFilename: 'Console' },
        config: { electronFuses: { runAsNode: false, resetAdHocDarwinSignature: true } },
      },
    }) as unknown as Parameters<typeof beforePack>[0];
  const [X64, ARM64] = [1, 3];

  it('refuse a keytar of another processor or system before anything is packed, and say what to do', () => {
    expect(() => beforePack(context(X64))).toThrow(/there is no keytar at .*: run npm ci/);
    put(KEYTAR, elf(62));
    beforePack(context(X64));
    expect(() => beforePack(context(ARM64))).toThrow(
      'keytar is for linux x64, the package for linux arm64: run npm ci on such a machine and build there',
    );
    expect(keytarFault(put('mac.node', machO(MAC_ARM64)), 'darwin', 'universal')).toContain('darwin arm64');
    expect(keytarFault(put('both.node', universal(MAC_X64, MAC_ARM64)), 'darwin', 'universal')).toBeNull();
    expect(keytarFault(put('text.node', Buffer.from('text')), 'win32', 'x64')).toContain('no native module');
  });

  it('refuse a package whose own keytar is missing or another machine’s', () => {
    put('out/console', electron('0'));
    expect(() => afterPack(context(X64))).toThrow('0 keytar.node');
    put(`out/resources/app.asar.unpacked/${KEYTAR}`, elf(183));
    expect(() => afterPack(context(X64))).toThrow('linux arm64');
  });

  it('read the fuses back when all is packed, and fail on one that was not set', () => {
    put(`out/resources/app.asar.unpacked/${KEYTAR}`, elf(62));
    put('out/console', electron('1'));
    afterPack(context(X64));
    put('out/console', electron('0')); // what electron-builder does in between
    expect(afterAllArtifactBuild()).toEqual([]);

    put('out/console', electron('1'));
    afterPack(context(X64));
    expect(() => afterAllArtifactBuild()).toThrow('runAsNode: is on, should be off');
    expect(afterAllArtifactBuild()).toEqual([]);
  });

  it('know where each system keeps the wire', () => {
    const name = { app: 'Console', executable: 'console' };
    expect(fuseFile('/out', 'linux', name)).toBe(join('/out', 'console'));
    expect(fuseFile('/out', 'win32', name)).toBe(join('/out', 'Console.exe'));
    expect(fuseFile('/out', 'darwin', name)).toContain(join('/out', 'Console.app', 'Contents', 'Frameworks'));
  });
});
