/**
 * Compresses the scripts, styles and lab pages of a built site as small as brotli can: beside each file stands its `.br`,
 * which servers send as it is (nginx: `brotli_static on`, Caddy: `precompressed br`). That is slow, so what was compressed
 * once is kept by the digest of its content, as long as the site has it.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

export const COMPRESSED = ".br";

/** What is loaded before the first output of a lab, and parts like it. */
const WORTH_IT = /^_astro\/.*\.(?:js|css)$|(?:^|\/)labs\/[^/]+\/index\.html$/;

export async function compressParts(site: string, kept: string): Promise<void> {
  mkdirSync(kept, { recursive: true });
  const names = readdirSync(site, { recursive: true, encoding: "utf8" });
  const worth = names.filter((name) => WORTH_IT.test(name.replaceAll("\\", "/")));
  const used = new Set(await Promise.all(worth.map((name) => compressFile(join(site, name), kept))));
  for (const name of readdirSync(kept)) if (!used.has(name)) rmSync(join(kept, name));
}

/** The name under which the compressed content is kept. */
async function compressFile(file: string, kept: string): Promise<string> {
  const content = await readFile(file);
  const digest = createHash("sha256").update(content).digest("hex");
  const known = join(kept, digest);
  if (!existsSync(known)) {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    await writeFile(known, await promisify(brotliCompress)(content, { params }));
  }
  await copyFile(known, file + COMPRESSED);
  return digest;
}
