/** The smallest package: a gzipped tar with a package.json. https://docs.npmjs.com/cli/commands/npm-pack */
import { gzipSync } from "fflate";
import { fromUtf8 } from "../../base/bytes.ts";
import { writeArchive } from "../../base/ustar.ts";

export function tarball(packageJson: string): Uint8Array {
  const about = { mode: 0o644, mtimeS: 0, owner: "root", uid: 0, target: "" };
  const bytes = fromUtf8(packageJson);
  const archive = writeArchive([{ kind: "file", name: "package/package.json", bytes, ...about }]);
  return gzipSync(archive, { level: 9, mtime: 0 });
}
