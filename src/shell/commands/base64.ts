/** `base64`, which says where its input is not base64. @see https://www.gnu.org/software/coreutils/base64 */
import type { Command, ExecResult } from "just-bash/browser";
import { fromBase64, toBase64, toLatin1 } from "../../base/bytes.ts";
import { bytesResult, type Context, failed, gnuCommand, readBytes, result, usage } from "./lib/invocation.ts";
import type { Options } from "./lib/options.ts";

export const base64Command: Command = gnuCommand(
  "base64",
  { short: "diw:", long: { decode: "d", "ignore-garbage": "i", "wrap:": "w" } },
  base64,
);

async function base64(options: Options, context: Context): Promise<ExecResult> {
  const [name = "-", extra] = options.operands;
  if (extra !== undefined) return usage("base64", `extra operand '${extra}'`);
  const width = options.value("w") ?? "76";
  if (!/^\d+$/.test(width)) return failed("base64", `invalid wrap size: '${width}'`);
  const bytes = await readBytes(context, name);
  if (typeof bytes === "string") return failed("base64", `${name}: ${bytes}`);
  if (options.has("d")) return decoded(toLatin1(bytes), options.has("i"));
  const text = toBase64(bytes);
  if (width === "0") return result(text);
  const lines = text.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
  return result(lines.map((line) => `${line}\n`).join(""));
}

/** What can be decoded comes out before the complaint. */
function decoded(text: string, lenient: boolean): ExecResult {
  const plain = lenient ? text.replace(/[^A-Za-z0-9+/=]/g, "") : text.replace(/\n/g, "");
  const good = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/.exec(plain)?.[0] ?? "";
  const bytes = fromBase64(good);
  if (good.length === plain.length) return bytesResult(bytes);
  const rest = /^[A-Za-z0-9+/]{2,3}/.exec(plain.slice(good.length))?.[0] ?? "";
  const tail = good.endsWith("=") || rest === "" ? new Uint8Array() : fromBase64(rest.padEnd(4, "="));
  const all = new Uint8Array(bytes.length + tail.length);
  all.set(bytes);
  all.set(tail, bytes.length);
  return bytesResult(all, "base64: invalid input\n", 1);
}
