/** Stands where a library of the core imports `node:fs`: the world has no host files. Every call fails. */
function refuse(): never {
  throw Object.assign(new Error("ENOENT: the world has no host files"), { code: "ENOENT" });
}

export const readFileSync = refuse;
export const writeFileSync = refuse;
export const existsSync = (): boolean => false;
export const readFile = refuse;
export const writeFile = refuse;
export const stat = refuse;
export const promises = { readFile, writeFile, stat };
export default { readFileSync, writeFileSync, existsSync, readFile, writeFile, stat, promises };
