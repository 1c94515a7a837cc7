/** `bao status`, `bao version`, `bao operator generate-root`. https://openbao.org/docs/commands/status/ */
import type { ExecResult } from "just-bash/browser";
import { result } from "../lib/invocation.ts";
import type { BaoCall, BaoCommand } from "./call.ts";
import { formatOf, headed, printData } from "./output.ts";

const VERSION = "2.4.4";

async function status(call: BaoCall): Promise<ExecResult> {
  const it = await call.client.plain("checking seal status", "GET", "sys/seal-status");
  if (formatOf(call) !== "table") return printData(call, it);
  const rows: readonly (readonly [string, unknown])[] = [
    ["Seal Type", it["type"]],
    ["Initialized", it["initialized"]],
    ["Sealed", it["sealed"]],
    ["Total Shares", it["n"]],
    ["Threshold", it["t"]],
    ["Version", it["version"]],
    ["Build Date", it["build_date"]],
    ["Storage Type", it["storage_type"]],
    ["Cluster Name", it["cluster_name"]],
    ["Cluster ID", it["cluster_id"]],
    ["HA Enabled", false],
  ];
  return result(
    headed(
      ["Key", "Value"],
      rows.map(([key, value]) => [key, String(value)]),
    ),
  );
}

const NEEDS_KEYS = `Generating a root token needs a quorum of the unseal keys: three of five people, each with a share of their own.
That is how a store without any root token is opened in an emergency, so revoking the last one locks nobody out.
Giving shares is not simulated in LeakLab.
`;

async function generateRoot(call: BaoCall): Promise<ExecResult> {
  const it = await call.client.plain("getting root generation status", "GET", "sys/generate-root/attempt");
  if (!call.flags.on("status")) return result("", NEEDS_KEYS, 1);
  const rows = [
    ["Nonce", "n/a"],
    ["Started", String(it["started"])],
    ["Progress", `${String(it["progress"])}/${String(it["required"])}`],
    ["Complete", String(it["complete"])],
  ];
  return result(headed(["Key", "Value"], rows));
}

export const SERVER: readonly BaoCommand[] = [
  { name: "status", takes: [0, 0], run: status },
  { name: "version", takes: [0, 0], run: () => result(`OpenBao v${VERSION}, built 2025-11-24T14:56:53Z\n`) },
  {
    name: "operator generate-root",
    values: ["otp", "pgp-key", "nonce", "decode"],
    switches: ["init", "status", "cancel", "generate-otp"],
    takes: [0, 1],
    run: generateRoot,
  },
];
