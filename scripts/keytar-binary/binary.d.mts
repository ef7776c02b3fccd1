export interface Archive {
  readonly url: string;
  readonly sha256: string;
}
export function archiveOf(version: string, platform: string, arch: string, host?: string): Archive | null;
export function install(archive: Archive, folder: string): Promise<void>;
