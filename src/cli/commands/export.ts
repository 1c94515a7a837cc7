import { labDigest } from "../../lab/bundle.ts";
import type { Command } from "../command.ts";
import { exportWorld } from "../exportWorld.ts";
import { replayAttempt } from "../attemptRun.ts";
import { json, outcome, UsageError } from "../usage.ts";
import { readAttempt } from "./grade.ts";

export const command: Command = {
  usage: "export FILE.attempt --dir DIR",
  about: "writes the learner's disk and the forge's repositories to real folders, for real tools",
  options: { dir: { type: "string" }, json: { type: "boolean" } },
  run: async ([file], values) => {
    const folder = values["dir"];
    if (file === undefined || typeof folder !== "string")
      throw new UsageError(`usage: leaklab ${command.usage}`);
    const { attempt, bundle } = readAttempt(file);
    const stage = await replayAttempt(bundle, attempt);
    try {
      const { state } = await stage.client.ask({ ask: "snapshot" });
      const { files, inert } = exportWorld(state, folder);
      const report = { dir: folder, files, inert, lab: attempt.header.lab, labDigest: labDigest(bundle) };
      if (values["json"]) return json(report);
      const note = inert.length > 0 ? `Set aside as inert text: ${inert.join(", ")}\n` : "";
      return outcome(`Wrote ${files} files to ${folder}\n${note}`);
    } finally {
      await stage.end();
    }
  },
};
