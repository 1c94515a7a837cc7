/** Releases and their assets. https://docs.github.com/en/rest/releases/releases */
import { tableName } from "../../../base/tables.ts";

export interface Release {
  readonly id: number;
  /** Number of the repository. */
  readonly repository: number;
  readonly tag: string;
  readonly target: string;
  readonly name: string;
  readonly body: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly author: string;
  readonly createdAtMs: number;
  readonly publishedAtMs: number | null;
}

/** Its bytes lie at `assetPath` on the forge's disk. */
export interface Asset {
  readonly id: number;
  readonly release: number;
  readonly repository: number;
  readonly name: string;
  readonly label: string | null;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** "sha256:…". */
  readonly digest: string;
  readonly uploader: string;
  readonly downloads: number;
  readonly createdAtMs: number;
}

/** By id. */
export const RELEASES = tableName<Release>("forge/releases");
export const ASSETS = tableName<Asset>("forge/assets");
