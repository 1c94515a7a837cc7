/** `node tests/determinism/replay.ts FILE`: replays an attempt and prints its digest and what this host is like. */
import { readFileSync } from "node:fs";
import { parseAttempt } from "../../src/attempt/log.ts";
import { replayAttempt } from "../../src/cli/attemptRun.ts";
import { determinismLab } from "./attempt.ts";

const parsed = parseAttempt(readFileSync(process.argv[2] as string, "utf8"));
if (!parsed.ok) throw new Error(`line ${parsed.error.line}: ${parsed.error.message}`);
const stage = await replayAttempt(determinismLab, parsed.value);
const report = {
  digest: await stage.digest(),
  divergedAt: stage.opened.divergedAt,
  host: { hour: new Date(0).getHours(), locale: new Intl.DateTimeFormat().resolvedOptions().locale },
};
await stage.end();
process.stdout.write(`${JSON.stringify(report)}\n`);
