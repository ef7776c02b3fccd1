import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builderArguments, namesElectron } from '../../../scripts/dist.ts';
import { mergeFeeds } from '../../../scripts/merge-feeds.ts';
import { notesHere, notesOf, versionHere } from '../../../scripts/release-notes.ts';

describe('the release notes', () => {
  const changelog =
    '# Changelog\n\n## 1.10.0 — today\n\n- Ten.\n\n### More\n\n- Part.\n\n## 1.1.0\n\n- One.\n\n## [1.0.0]\n';

  it('are the section of the version, sub-headings and all', () => {
    expect(notesOf('1.10.0', changelog)).toBe('- Ten.\n\n### More\n\n- Part.');
    expect(notesOf('1.1.0', changelog)).toBe('- One.');
  });

  it('that are missing or empty stop a release', () => {
    expect(() => notesOf('1.1', changelog)).toThrow('nothing about 1.1.');
    expect(() => notesOf('1.0.0', changelog)).toThrow('nothing under it');
  });

  it('of this version are there, and only its own tag gets them', () => {
    expect(notesHere(`v${versionHere()}`)).toContain('- ');
    expect(() => notesHere('v9.9.9')).toThrow('The tag is v9.9.9');
  });
});

describe('what the environment adds to a build', () => {
  it('is no feed and no upload unless it names one', () => {
    const args = builderArguments({ CSC_NAME: 'somebody' });
    expect(args.slice(0, 2)).toEqual(['--publish', 'never']);
    expect(args.join(' ')).not.toContain('publish.');
    expect(builderArguments({ CSC_NAME: 'somebody', WTC_UPDATE_URL: '' })).toEqual(args);
  });

  it('is a feed by https only', () => {
    const args = builderArguments({ CSC_LINK: 'x', WTC_UPDATE_URL: 'https://updates.example/wtc' });
    expect(args.slice(-2)).toEqual([
      '-c.publish.provider=generic',
      '-c.publish.url=https://updates.example/wtc',
    ]);
    for (const url of ['http://updates.example', 'updates.example', 'file:///updates']) {
      expect(() => builderArguments({ WTC_UPDATE_URL: url })).toThrow('must be an https address');
    }
  });

  it('takes the hardened runtime off a build that nobody signs: such a one would not start', () => {
    expect(builderArguments({})).toContain('-c.mac.hardenedRuntime=false');
    expect(builderArguments({ CSC_LINK: 'x' }).join(' ')).not.toContain('hardenedRuntime');
  });
});

it('the Electron that is packed is the one that electron-builder’s own options name, if they do', () => {
  expect(namesElectron(['--linux', 'deb', '--dir', '-c.electronLanguages=de'])).toBe(false);
  for (const option of [
    '-c.electronDist=/e',
    '--config.electronDownload.mirror=x',
    '--pd',
    '--prepackaged=/app',
    '--universal',
  ]) {
    expect(namesElectron(['--linux', option])).toBe(true);
  }
});

describe('the feeds of two processors', () => {
  const feed = (arch: string, version = '0.2.0') =>
    [
      `version: ${version}`,
      'files:',
      `  - url: app-${version}-win-${arch}.exe`,
      `    sha512: ${arch}-sum$&==`,
      '    size: 123',
      `path: app-${version}-win-${arch}.exe`,
      `sha512: ${arch}-sum==`,
      "releaseDate: '2026-11-22T00:00:00.000Z'",
      '',
    ].join('\n');

  it('become one that names the files of both', () => {
    const merged = mergeFeeds(feed('x64'), feed('arm64'));
    expect(merged.match(/ {2}- url: .*/g)).toEqual([
      '  - url: app-0.2.0-win-x64.exe',
      '  - url: app-0.2.0-win-arm64.exe',
    ]);
    expect(merged).toContain('arm64-sum$&==');
    expect(merged.match(/^path: .*$/gm)).toEqual(['path: app-0.2.0-win-x64.exe']);
  });

  it('of different versions, or that are none, are an error', () => {
    expect(() => mergeFeeds(feed('x64'), feed('arm64', '0.3.0'))).toThrow('0.2.0 and 0.3.0');
    expect(() => mergeFeeds(feed('x64'), '<html>')).toThrow('no update feed');
  });
});

it('the workflow builds what it says, by pinned actions', () => {
  const root = join(import.meta.dirname, '../../..');
  for (const name of ['release', 'ci']) {
    const workflow = readFileSync(join(root, '.github', 'workflows', `${name}.yml`), 'utf8');
    for (const [, action] of workflow.matchAll(/uses: (.+)/g))
      expect(action).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    expect(workflow).toMatch(/^permissions:\n {2}contents: read$/m);
    expect(workflow).not.toContain('pull_request_target');
  }
});
