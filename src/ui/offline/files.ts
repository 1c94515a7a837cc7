/** The files of a build and the order in which they are fetched: what the next click needs comes first. */

/** Address and the first hex digits of the SHA-256 of its content. */
export type SiteFile = readonly [path: string, digest: string];

export interface SiteBuild {
  readonly build: string;
  /** Languages other than English: the names of their folders. */
  readonly languages: readonly string[];
  readonly files: readonly SiteFile[];
}

/** Fonts, styles and icons; pages in this language; what labs run on; the editor; pages in other languages. */
export function inOrder({ files, languages }: SiteBuild, language: string): readonly SiteFile[] {
  const languageOf = (path: string) => languages.find((name) => path.startsWith(`/${name}/`)) ?? "en";
  const rank = (path: string): number => {
    if (/\.(?:html|json)$|\/$/.test(path)) return languageOf(path) === language ? 1 : 4;
    if (!/\.m?js$/.test(path)) return /monaco|codicon/.test(path) ? 3 : 0;
    return /monaco|editor\.worker/.test(path) ? 3 : 2;
  };
  return files.toSorted(([a], [b]) => rank(a) - rank(b));
}

/** Where a file of the build is found: pages stand at the address of their folder. */
export function addressOf(file: string): string {
  return `/${file}`.replace(/(^|\/)index\.html$/, "$1");
}
