/** `aws s3`: files and objects, as one lists and copies them. https://docs.aws.amazon.com/cli/latest/reference/s3/ */
import type { ExecResult } from "just-bash/browser";
import type { Json } from "../../../../base/json.ts";
import { result } from "../../lib/invocation.ts";
import { Client } from "../client.ts";
import type { Machine } from "../machine.ts";
import { nearest } from "../nearest.ts";
import type { Globals } from "../options.ts";
import { ServiceStop, notSimulated, usageStop } from "../stop.ts";
import { list } from "./list.ts";
import { bucketOf } from "./place.ts";
import { Store } from "./store.ts";
import { remove, sync, transfer } from "./transfer.ts";
import { readWords, type Words } from "./words.ts";

type Run = (store: Store, words: Words, machine: Machine) => Promise<ExecResult>;

const COMMANDS: Readonly<Record<string, Run>> = {
  ls: list,
  cp: (store, words, machine) => transfer(store, words, machine, false),
  mv: (store, words, machine) => transfer(store, words, machine, true),
  rm: remove,
  sync,
  mb: makeBucket,
  rb: removeBucket,
};

const ABSENT = ["presign", "website"];

export async function s3(machine: Machine, globals: Globals, args: readonly string[]): Promise<ExecResult> {
  const [name, ...rest] = args;
  if (name === undefined) throw usageStop("the following arguments are required: subcommand");
  if (ABSENT.includes(name)) throw notSimulated(`aws s3 ${name}`);
  const run = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!run) {
    const near = nearest(name, Object.keys(COMMANDS));
    const advice =
      near.length > 0 ? `\n\nMaybe you meant:\n\n${near.map((it) => `  * ${it}\n`).join("")}` : "";
    throw usageStop(`argument subcommand: Found invalid choice '${name}'\n${advice}`);
  }
  const words = readWords(name, rest);
  const store = new Store(await Client.of(machine, globals));
  try {
    return await run(store, words, machine);
  } catch (error) {
    if (!(error instanceof ServiceStop)) throw error;
    // Copies that cannot even begin are told in a line of their own.
    return name === "ls"
      ? result("", `\n${error.message}\n`, 254)
      : result("", `fatal error: ${error.message}\n`, 1);
  }
}

async function makeBucket(store: Store, { places: [word = ""] }: Words): Promise<ExecResult> {
  const { bucket } = bucketOf(word);
  const region = store.client.settings.region?.value ?? "us-east-1";
  const where: Readonly<Record<string, Json>> =
    region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
  try {
    await store.call("CreateBucket", { Bucket: bucket, ...where });
  } catch (error) {
    if (!(error instanceof ServiceStop)) throw error;
    return result("", `make_bucket failed: s3://${bucket} ${error.message}\n`, 1);
  }
  return result(`make_bucket: ${bucket}\n`);
}

async function removeBucket(store: Store, { places: [word = ""], has }: Words): Promise<ExecResult> {
  const { bucket } = bucketOf(word);
  let said = "";
  try {
    if (has("--force"))
      for (const { key } of (await store.list(bucket, "", null)).objects) {
        await store.remove({ kind: "s3", bucket, key });
        said += `delete: s3://${bucket}/${key}\n`;
      }
    await store.call("DeleteBucket", { Bucket: bucket });
  } catch (error) {
    if (!(error instanceof ServiceStop)) throw error;
    return result(said, `remove_bucket failed: s3://${bucket} ${error.message}\n`, 1);
  }
  return result(`${said}remove_bucket: ${bucket}\n`);
}
