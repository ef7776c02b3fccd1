/**
 * keytar's binary from its last release: only an archive whose checksum is known from elsewhere than its page.
 * Plain JavaScript: see index.mjs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = '7.9.0';
const RELEASES = 'https://github.com/atom/node-keytar/releases/download';
const SHA256 = {
  'darwin-arm64': '195f0855e26f83e0d61e228d1b61c7769baa993244518dc9879d9d57104c7cec',
  'darwin-x64': '4ce56e3896e76a2deaef13f8a36207efa6d94d96678d30200952d83d327eb5f9',
  'linux-x64': '2d75753fabf9dceb49537ae231e1897de53727bc0fadbc2a01e6374a1443c67c',
};

/** The one file of an archive that is needed. */
const PLACE = 'build/Release/keytar.node';
const WAIT_MS = 30_000;

/**
 * Where the archive is and what it must be, or null where none is known. `host`: a mirror of the release page, as
 * prebuild-install calls it (`npm_config_keytar_binary_host`).
 */
export function archiveOf(version, platform, arch, host = RELEASES) {
  const sha256 = version === VERSION ? SHA256[`${platform}-${arch}`] : undefined;
  if (sha256 === undefined) return null;
  const url = `${host.replace(/\/$/, '')}/v${version}/keytar-v${version}-napi-v3-${platform}-${arch}.tar.gz`;
  return { url, sha256 };
}

/**
 * Puts keytar's binary into its folder. Throws with the reason, and with nothing changed, when it cannot be had or
 * is not what it must be.
 */
export async function install({ url, sha256 }, folder) {
  const reply = await fetch(url, { signal: AbortSignal.timeout(WAIT_MS) });
  if (!reply.ok) throw new Error(`HTTP ${reply.status} from ${new URL(url).host}`);
  const bytes = Buffer.from(await reply.arrayBuffer());
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== sha256) throw new Error(`the archive has another checksum: ${digest}`);
  const archive = join(folder, 'keytar-binary.tar.gz');
  writeFileSync(archive, bytes);
  const { status, error } = spawnSync('tar', ['-xzf', archive, '-C', folder, PLACE]);
  rmSync(archive);
  if (status !== 0) throw error ?? new Error('the archive could not be unpacked');
}
