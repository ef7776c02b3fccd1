import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const require = createRequire(import.meta.url);
const ofBuilder = createRequire(require.resolve('app-builder-lib'));
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const config = ofBuilder('js-yaml').load(read('electron-builder.yml'));
const schema = ofBuilder('../scheme.json');

/** The names a part of electron-builder's configuration may have, by its own schema. */
const known = (definition: string) => Object.keys(schema.definitions[definition].properties);

describe('electron-builder.yml', () => {
  it.each([
    ['linux', 'LinuxConfiguration'],
    ['deb', 'DebOptions'],
    ['rpm', 'LinuxTargetSpecificOptions'],
    ['win', 'WindowsConfiguration'],
    ['nsis', 'NsisOptions'],
    ['mac', 'MacConfiguration'],
    ['dmg', 'DmgOptions'],
  ])('%s has only keys that this electron-builder knows', (part, definition) => {
    const keys = Object.keys(config[part]);
    expect(keys.filter((key) => !known(definition).includes(key))).toEqual([]);
  });

  it('builds what each system expects', () => {
    expect(config.linux.target).toEqual(['AppImage', 'deb', 'rpm']);
    expect(config.win.target).toEqual(['nsis']);
    expect(config.mac.target).toEqual(['dmg', 'zip']);
    expect(config.artifactName).toMatch(/\$\{arch\}/);
  });

  it('has libsecret in both lists of dependencies, and what Electron needs beside it', () => {
    expect(config.deb.depends).toContain('libsecret-1-0');
    expect(config.rpm.depends).toContain('libsecret');
    for (const name of ['gtk3', 'nss', 'libnotify']) expect(config.rpm.depends).toContain(name);
    for (const name of ['libgtk-3-0', 'libnss3', 'libnotify4']) expect(config.deb.depends).toContain(name);
  });

  it('names and describes the app in both languages in the menu of Linux, and ties its window to that entry', async () => {
    const { LinuxTargetHelper } = ofBuilder('./targets/LinuxTargetHelper');
    const metadata = { ...JSON.parse(read('package.json')), ...config.extraMetadata };
    const packager = {
      config,
      platformSpecificBuildOptions: config.linux,
      executableName: metadata.name,
      appInfo: { ...config, sanitizedProductName: config.productName, description: metadata.description },
      info: { metadata },
      fileAssociations: [],
    };
    const entry: string = await new LinuxTargetHelper(packager).computeDesktopEntry(config.linux);
    expect(entry.split('\n')).toEqual(
      expect.arrayContaining([
        'Name=WeChat Token Console',
        'Name[zh_CN]=微信令牌控制台',
        expect.stringMatching(/^Comment=Keeps the access_token/),
        expect.stringMatching(/^Comment\[zh_CN\]=让每个公众号/),
        'Icon=wechat-token-console',
        'StartupWMClass=wechat-token-console',
      ]),
    );
  });

  it('tells who made it, as deb and rpm ask for', () => {
    expect(config.linux.maintainer).toMatch(/^.+ <.+@.+>$/);
    const { homepage, description, author } = JSON.parse(read('package.json'));
    expect([new URL(homepage).protocol, typeof description, typeof author]).toEqual([
      'https:',
      'string',
      'string',
    ]);
  });

  it('installs in both languages on Windows', () => {
    expect(config.nsis.installerLanguages).toEqual(['en_US', 'zh_CN']);
  });

  it('is hardened on macOS and named in both languages; its entitlements allow the just-in-time compiler alone', () => {
    expect(config.mac).toMatchObject({ hardenedRuntime: true, notarize: true });
    const allowed = read(config.mac.entitlements).match(/<key>(.*?)<\/key>/g);
    expect(allowed).toEqual(['<key>com.apple.security.cs.allow-jit</key>']);
    for (const [folder, name] of [
      ['en', 'WeChat Token Console'],
      ['zh_CN', '微信令牌控制台'],
    ]) {
      const strings = read(`build/mac/${folder}.lproj/InfoPlist.strings`);
      expect(strings).toContain(`CFBundleDisplayName = "${name}";`);
      // Electron finds its helpers by CFBundleName: one that is translated keeps the app from starting.
      expect(strings).not.toMatch(/^CFBundleName/m);
    }
  });

  it('packs exactly the Electron that package.json names', () => {
    const { electron } = JSON.parse(read('package.json')).devDependencies;
    expect(electron).toMatch(/^\d+\.\d+\.\d+$/);
    expect(JSON.parse(read('package-lock.json')).packages['node_modules/electron'].version).toBe(electron);
    expect(config.electronVersion).toBeUndefined();
  });

  it('finds its icons', () => {
    for (const path of [config.linux.icon, config.win.icon, config.mac.icon]) {
      expect(existsSync(join(root, 'build', path))).toBe(true);
    }
  });

  it('uploads nothing, has no feed, and cannot go round its checks', () => {
    expect(config.publish).toBeNull();
    expect(config.npmRebuild).toBe(false);
    for (const hook of ['beforePack', 'afterPack', 'afterAllArtifactBuild']) {
      expect(config[hook]).toBe('./scripts/dist-checks.ts');
    }
  });
});
