/** The smallest package: a gzipped tar with a package.json. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
import { gzipSync } from "fflate";
import { concat, fromUtf8 } from "../../base/bytes.ts";

const BLOCK = 512;

export function tarball(packageJson: string): Uint8Array {
  const content = fromUtf8(packageJson);
  const padding = new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK);
  const archive = concat([
    header("package/package.json", content.length),
    content,
    padding,
    new Uint8Array(2 * BLOCK),
  ]);
  return gzipSync(archive, { level: 9, mtime: 0 });
}

function header(name: string, size: number): Uint8Array {
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, "0")}\0`;
  const fields = [
    name.padEnd(100, "\0"),
    octal(0o644, 8),
    octal(0, 8),
    octal(0, 8),
    octal(size, 12),
    octal(0, 12),
  ];
  const rest = `0${"\0".repeat(100)}ustar\0${"00"}`;
  const build = (checksum: string) => fromUtf8(`${fields.join("")}${checksum}${rest}`.padEnd(BLOCK, "\0"));
  const sum = build(" ".repeat(8)).reduce((total, byte) => total + byte, 0);
  return build(`${sum.toString(8).padStart(6, "0")}\0 `);
}
