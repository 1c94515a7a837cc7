/** `git credential`: https://git-scm.com/docs/git-credential */
import { fromLatin1, toUtf8 } from "../../../base/bytes.ts";
import { output, type GitCommand } from "./call.ts";
import { loadConfig } from "./lib/config.ts";
import { die, run } from "./lib/transcript.ts";
import { formatCredential, parseCredential } from "./lib/transport/credential.ts";
import { approve, fillCredential, reject } from "./lib/transport/credentialSources.ts";

export const credential: GitCommand = async (call) => {
  const [operation, ...more] = call.args;
  if (more.length > 0 || !/^(?:fill|approve|reject)$/.test(operation ?? ""))
    return output("", "usage: git credential (fill|approve|reject)\n", 129);
  return run(async (t) => {
    const { quit: _, ...given } = parseCredential(toUtf8(fromLatin1(call.stdin)));
    if (given.protocol === undefined) die("refusing to work with credential missing protocol field");
    if (given.host === undefined) die("refusing to work with credential missing host field");
    const repository = await call.repository();
    const config = await loadConfig(call, repository?.gitDir ?? null);
    if (operation === "fill") t.out(formatCredential(await fillCredential(call, config, given)));
    else if (operation === "approve") await approve(call, config, given);
    else await reject(call, config, given);
  });
};
