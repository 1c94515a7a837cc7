/** Threads of the tests' own: an entry of theirs, bundled with the core exactly as the product's thread is. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Worker, type ResourceLimits } from "node:worker_threads";
import { buildThread, coreName, ROOT } from "../../src/cli/coreBuild.ts";

export interface TestThread<Ask, Answer> {
  /** One question at a time; rejects where the thread throws or dies. */
  ask(question: Ask): Promise<Answer>;
  end(): Promise<void>;
}

export interface ThreadOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly limits?: ResourceLimits;
}

/** What a thread posts back: the answer to the question before it, or the text of an error. */
export type Reply<Answer> = { readonly value: Answer } | { readonly error: string };

/** Starts the thread whose entry is `source`, a path from the project's root. */
export async function startThread<Ask, Answer>(
  source: string,
  { env = {}, limits = {} }: ThreadOptions = {},
): Promise<TestThread<Ask, Answer>> {
  const worker = new Worker(await builtEntry(source), {
    env: { ...process.env, ...env },
    resourceLimits: { maxOldGenerationSizeMb: 1024, stackSizeMb: 4, ...limits },
  });
  const ask = (question: Ask) =>
    new Promise<Answer>((resolve, reject) => {
      const settle = (act: () => void) => {
        worker.off("message", onMessage).off("error", onError).off("exit", onExit);
        act();
      };
      const onMessage = (reply: Reply<Answer>) =>
        settle(() => ("error" in reply ? reject(new Error(reply.error)) : resolve(reply.value)));
      const onError = (error: Error) => settle(() => reject(error));
      const onExit = (code: number) => settle(() => reject(new Error(`the thread ended with ${code}`)));
      worker.on("message", onMessage).on("error", onError).on("exit", onExit);
      worker.postMessage(question);
    });
  return { ask, end: async () => void (await worker.terminate()) };
}

const building = new Map<string, Promise<void>>();

async function builtEntry(source: string): Promise<string> {
  const core = coreName();
  const hash = createHash("sha256").update(source);
  const folder = dirname(join(ROOT, source));
  for (const name of readdirSync(folder)
    .filter((file) => /^(?!.*\.test\.ts$).*\.ts$/.test(file))
    .sort())
    hash.update(readFileSync(join(folder, name)));
  const out = join(ROOT, "dist", "test-threads", `${core}-${hash.digest("hex").slice(0, 16)}`);
  const entry = join(out, "thread.js");
  if (!existsSync(entry)) {
    if (!building.has(out)) building.set(out, buildThread(source, core, out));
    await building.get(out);
  }
  return entry;
}
