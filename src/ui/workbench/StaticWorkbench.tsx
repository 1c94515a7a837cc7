/** The workbench as it is before any script runs: brief, tasks and checks are there to read. */
import type { Text } from "../text/text.ts";
import type { LabPage } from "../../worker/protocol.ts";
import { attemptLock } from "../attempt/lock.ts";
import { memoryLog } from "../attempt/log.ts";
import { Session } from "../attempt/session.ts";
import { createBench } from "./bench.ts";
import { Workbench } from "./Workbench.tsx";

function never(): never {
  throw new Error("Nothing starts while a page is built.");
}

export function StaticWorkbench({ page, text }: { readonly page: LabPage; readonly text: Text }) {
  const session = new Session({
    page,
    startWorker: never,
    openLog: async () => memoryLog(),
    lock: attemptLock(undefined),
    newId: () => "",
    newSeed: never,
    now: never,
    idle: never,
    after: never,
    stop: null,
  });
  return <Workbench bench={createBench(page, session, text, { terminal: never, editor: never })} />;
}
