/** Secretlint over one text. This is most of the engine's code, so it is loaded when a text is worth it (glance.ts). */
import { lintSource } from "@secretlint/core";
import type { SecretLintCoreConfig, SecretLintCoreResultMessage } from "@secretlint/types";
import { invariant } from "../base/invariant.ts";
import { err, ok, type Result } from "../base/result.ts";
import { canonicalConfig, loadConfig, type Config } from "./config.ts";
import { compareFindings, type Finding } from "./finding.ts";

export interface Source {
  readonly path: string;
  readonly text: string;
}

/** As `path.extname`; binary key files get none, because their rule would read the disk of the host. */
function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 ? name.slice(dot) : "";
  return extension === ".p12" ? "" : extension;
}

function findingOf(message: SecretLintCoreResultMessage): Finding {
  const { start, end } = message.loc;
  return {
    ruleId: message.ruleId,
    messageId: message.messageId,
    range: [message.range[0], message.range[1]],
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    message: message.message,
  };
}

async function found(config: SecretLintCoreConfig, { path, text }: Source): Promise<Finding[]> {
  const result = await lintSource({
    source: { filePath: path || "text", content: text, ext: extensionOf(path), contentType: "text" },
    options: { config, locale: "en", maskSecrets: true, noPhysicFilePath: true },
  });
  return result.messages.map(findingOf).sort(compareFindings);
}

/** With the canonical configuration. */
export async function lint(source: Source): Promise<Finding[]> {
  const config = loadConfig(canonicalConfig);
  invariant(config.ok, "the canonical configuration names only known rules");
  return found(config.value, source);
}

/** With somebody's own. */
export async function lintWith(config: Config, source: Source): Promise<Result<Finding[]>> {
  const loaded = loadConfig(config);
  if (!loaded.ok) return err(`Failed to load secretlint's rule module: ${loaded.error.join(", ")}`);
  try {
    return ok(await found(loaded.value, source));
  } catch {
    // A rule given options of the wrong shape, for example a regular expression in `allows` that does not compile.
    return err("A rule cannot work with its options");
  }
}
