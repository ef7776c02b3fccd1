#!/usr/bin/env node
/**
 * keytar's own install step is `prebuild-install || npm run build`. The package of that name takes whatever the
 * release page has at the moment; this takes its place (a devDependency of that name) and takes only an archive that
 * is known here. Ending with 1 has keytar compiled from its source, which the lock file vouches for.
 * Plain JavaScript for the Node that runs npm, whichever it is.
 */
import { archiveOf, install } from './binary.mjs';

const {
  npm_package_version: version = '',
  npm_config_keytar_binary_host: host,
  npm_config_build_from_source: isBuildAsked,
} = process.env;
const archive = isBuildAsked ? null : archiveOf(version, process.platform, process.arch, host);
try {
  if (archive === null)
    throw new Error('no binary of this version is known for this system, or none is wanted');
  // npm runs this in keytar's folder.
  await install(archive, process.cwd());
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`keytar is compiled here: ${reason}\n`);
  process.exitCode = 1;
}
