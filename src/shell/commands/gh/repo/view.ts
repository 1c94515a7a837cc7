/** `gh repo view`. https://cli.github.com/manual/gh_repo_view */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { printJson } from "../json.ts";
import { repoPath } from "../repository.ts";
import type { Repo } from "../rest.ts";
import { browse } from "../subject.ts";
import { harmless } from "../text.ts";
import { argumentRepo, findRepo, REPO_FIELDS } from "./find.ts";

export const repoView: GhCommand = {
  name: "view",
  args: "[<repository>] [flags]",
  about: "View a repository",
  takes: [0, 1],
  json: Object.keys(REPO_FIELDS),
  flags: `-b, --branch string   View a specific branch of the repository
-w, --web   Open a repository in the browser`,
  run: view,
};

async function view(call: GhCall): Promise<void> {
  const name = await argumentRepo(call, call.args[0]);
  const repo = await findRepo(call, name);
  const branch = call.flags.value("branch");
  if (call.flags.on("web"))
    return browse(call, branch === undefined ? repo.html_url : `${repo.html_url}/tree/${branch}`);
  if (await printJson(call, repo, REPO_FIELDS)) return;
  const readme = await readmeOf(call, repoPath(name), branch);
  call.out(call.screen.tty ? decorated(call, repo, readme) : plain(repo, readme));
}

function plain(repo: Repo, readme: string | null): string {
  return `name:\t${repo.full_name}\ndescription:\t${repo.description ?? ""}\n${readme === null ? "" : `--\n${readme}\n`}`;
}

function decorated(call: GhCall, repo: Repo, readme: string | null): string {
  const description = repo.description || "No description provided";
  const text = readme === null ? "This repository does not have a README" : harmless(readme).trim();
  return `${call.paint(repo.full_name, "bold")}\n${description}\n\n\n  ${text.replaceAll("\n", "\n  ")}\n\n\n${call.paint(`View this repository on GitHub: ${repo.html_url}`, "gray")}\n`;
}

async function readmeOf(call: GhCall, at: string, branch: string | undefined): Promise<string | null> {
  const client = await call.client();
  const query = branch === undefined ? "" : `?ref=${encodeURIComponent(branch)}`;
  const response = await client.send("GET", `${at}/readme${query}`, {
    headers: [["Accept", "application/vnd.github.raw"]],
  });
  return response.ok ? response.text() : null;
}
