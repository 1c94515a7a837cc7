/** `gh auth`. https://cli.github.com/manual/gh_auth */
import type { GhCall } from "./call.ts";
import { HOST } from "./client.ts";
import type { GhGroup } from "./command.ts";
import { forgetHost, readHost, type Token, writeHost } from "./signIn.ts";
import { type ExitCode, GhStop, usageError } from "./stop.ts";

const HOSTNAME = "-h, --hostname string   The hostname of the GitHub instance";
const SIGNED_OUT = "You are not logged into any GitHub hosts. To log in, run: gh auth login";

export const authGroup: GhGroup = {
  name: "auth",
  about: "Authenticate gh and git with the forge",
  commands: [
    {
      name: "status",
      about: "View all accounts and their state",
      open: true,
      flags: `-a, --active   Display the active account only
${HOSTNAME}
-t, --show-token   Display the auth token`,
      run: status,
    },
    {
      name: "login",
      about: "Log in to the forge with a token",
      open: true,
      flags: `-p, --git-protocol string   The protocol to use for git operations on this host: {ssh|https}
${HOSTNAME}
    --insecure-storage   Save authentication credentials in plain text
-s, --scopes strings   Additional authentication scopes to request
    --skip-ssh-key   Skip generate/upload SSH key prompt
-w, --web   Open a browser to authenticate
    --with-token   Read token from standard input`,
      run: login,
    },
    {
      name: "logout",
      about: "Remove what is stored about an account on this machine",
      open: true,
      flags: `${HOSTNAME}
-u, --user string   The account to log out of`,
      run: logout,
    },
    {
      name: "token",
      about: "Print the token that gh uses",
      open: true,
      flags: `${HOSTNAME}
-u, --user string   The account to output the token for`,
      run: printToken,
    },
    {
      name: "setup-git",
      about: "Let git ask gh for credentials",
      open: true,
      flags: `-f, --force   Force setup even if the host is not known
${HOSTNAME}`,
      run: setupGit,
    },
    {
      name: "git-credential",
      about: "Answer git as its credential helper",
      args: "<operation>",
      open: true,
      takes: [1, 1],
      run: gitCredential,
    },
  ],
};

/** Another host than the forge is one where nobody is signed in. */
function otherHost(call: GhCall): string | null {
  const host = call.flags.value("hostname");
  return host === undefined || host === HOST ? null : host;
}

async function status(call: GhCall): Promise<ExitCode> {
  const other = otherHost(call);
  if (other !== null) return said(call, `You are not logged into any accounts on ${other}`, 1);
  const token = await call.token();
  const user = call.online ? await userOf(call, token?.value ?? null) : null;
  if (!token) return sessionStatus(call, user);
  const ok = user !== null && user !== "refused";
  const lines = ok
    ? await workingLines(call, token, user)
    : [
        `X Failed to log in to ${HOST} ${token.user === null ? "using token" : `account ${token.user}`} (${token.source})`,
        "- Active account: true",
        `- The token in ${token.source} is invalid.`,
        ...(token.user === null
          ? []
          : [
              `- To re-authenticate, run: gh auth login -h ${HOST}`,
              `- To forget about this account, run: gh auth logout -h ${HOST} -u ${token.user}`,
            ]),
      ];
  const text = `${HOST}\n${lines.map((line) => `  ${line}\n`).join("")}`;
  if (ok) call.out(text);
  else call.note(text.trimEnd());
  return ok ? 0 : 1;
}

function said(call: GhCall, text: string, exitCode: ExitCode): ExitCode {
  call.note(text);
  return exitCode;
}

/** Nobody stored a token: the session of the machine's person answers. */
function sessionStatus(call: GhCall, user: string | null): ExitCode {
  if (user === null || user === "refused") return said(call, SIGNED_OUT, 1);
  call.out(`${HOST}\n  ✓ Logged in to ${HOST} account ${user}\n  - Active account: true\n`);
  return 0;
}

async function workingLines(call: GhCall, token: Token, user: string): Promise<string[]> {
  const scopes = await scopesOf(call, token.value);
  const host = await readHost(call.context);
  return [
    `✓ Logged in to ${HOST} account ${user} (${token.source})`,
    "- Active account: true",
    `- Git operations protocol: ${host?.protocol ?? "https"}`,
    `- Token: ${call.flags.on("show-token") ? token.value : masked(token.value)}`,
    ...(scopes === null ? [] : [`- Token scopes: ${scopes}`]),
  ];
}

function masked(token: string): string {
  const prefix = /^[a-z]+_(?:pat_)?/.exec(token)?.[0] ?? "";
  return prefix + "*".repeat(Math.max(0, token.length - prefix.length));
}

async function scopesOf(call: GhCall, token: string): Promise<string | null> {
  const response = await call.clientWith(token).send("GET", "user");
  const scopes = response.headers.get("X-OAuth-Scopes");
  if (scopes === null) return null;
  const names = scopes.split(/,\s*/).filter(Boolean);
  return names.length === 0 ? "none" : names.map((name) => `'${name}'`).join(", ");
}

/** `refused` where the forge does not know the token (any more); null where nobody is signed in. */
async function userOf(call: GhCall, token: string | null): Promise<string | null> {
  const response = await call.clientWith(token).send("GET", "user");
  if (response.status === 401) return token === null ? null : "refused";
  if (!response.ok) return token === null ? null : "refused";
  const { login: name } = (await response.json()) as { login?: unknown };
  return typeof name === "string" ? name : null;
}

async function login(call: GhCall): Promise<ExitCode> {
  const other = otherHost(call);
  if (other !== null)
    throw new GhStop(
      `error connecting to ${other}\ncheck your internet connection or https://githubstatus.com`,
    );
  if (call.flags.on("with-token") && call.flags.on("web"))
    throw usageError("specify only one of `--web` or `--with-token`");
  if (call.flags.on("web")) throw new GhStop("gh auth login --web: not simulated in LeakLab");
  const { exportedEnv = {} } = call.context;
  const set = ["GH_TOKEN", "GITHUB_TOKEN"].find((name) => exportedEnv[name]);
  if (set !== undefined) {
    call.note(`The value of the ${set} environment variable is being used for authentication.`);
    call.note("To have GitHub CLI store credentials instead, first clear the value from the environment.");
    return 1;
  }
  if (!call.flags.on("with-token") && !call.attended)
    throw usageError("--with-token required when not running interactively");
  const given = call.flags.on("with-token")
    ? call.stdin
    : await call.ask("Paste your authentication token:", true);
  return store(call, given.trim());
}

async function store(call: GhCall, token: string): Promise<ExitCode> {
  if (token === "" || /\s/.test(token)) throw new GhStop("error validating token: a token is one word");
  const response = await call.clientWith(token).send("GET", "user");
  if (!response.ok) {
    const reason = response.status === 401 ? ": Bad credentials" : "";
    throw new GhStop(`error validating token: HTTP ${response.status}${reason} (https://${HOST}/api/v3/)`);
  }
  const { login: user } = (await response.json()) as { login?: unknown };
  const protocol = call.flags.value("git-protocol") ?? "https";
  await writeHost(call.context, { user: String(user), token, protocol });
  call.tell(`✓ Logged in as ${String(user)}`);
  return 0;
}

async function logout(call: GhCall): Promise<ExitCode> {
  const entry = await readHost(call.context);
  const other = otherHost(call);
  if (other !== null) throw new GhStop(`not logged in to ${other}`);
  if (!entry) throw new GhStop("not logged in to any hosts");
  const user = call.flags.value("user") ?? entry.user;
  if (user !== entry.user) throw new GhStop(`not logged in to ${HOST} account ${user}`);
  await forgetHost(call.context);
  call.note(`✓ Logged out of ${HOST} account ${user}`);
  return 0;
}

async function printToken(call: GhCall): Promise<void> {
  const other = otherHost(call);
  const token = other === null ? await call.token() : null;
  const user = call.flags.value("user");
  if (!token || (user !== undefined && token.user !== user))
    throw new GhStop(
      `no oauth token found for ${other ?? HOST}${user === undefined ? "" : ` account ${user}`}`,
    );
  call.out(`${token.value}\n`);
}

async function setupGit(call: GhCall): Promise<void> {
  const other = otherHost(call);
  if (other !== null) throw new GhStop(`You are not logged into the GitHub host ${JSON.stringify(other)}`);
  if (!(await call.token()))
    throw new GhStop("You are not logged into any GitHub hosts. Run gh auth login to authenticate.");
  const key = `credential.https://${HOST}.helper`;
  await call.gitOk("config", "--global", "--replace-all", key, "");
  await call.gitOk("config", "--global", "--add", key, "!gh auth git-credential");
}

/** https://git-scm.com/docs/git-credential#IOFMT */
async function gitCredential(call: GhCall): Promise<ExitCode> {
  const [operation = ""] = call.args;
  if (operation === "store" || operation === "erase") return 0;
  if (operation !== "get")
    throw new GhStop(`gh auth git-credential: ${JSON.stringify(operation)} operation not supported`);
  const wanted = credentialAsked(call.stdin);
  if (wanted.get("protocol") !== "https" || wanted.get("host") !== HOST) return 1;
  const token = await call.token();
  if (!token) return 1;
  const username = token.user || "x-access-token";
  const asked = wanted.get("username");
  if (asked && asked !== username) return 1;
  call.out(`protocol=https\nhost=${HOST}\nusername=${username}\npassword=${token.value}\n`);
  return 0;
}

function credentialAsked(text: string): Map<string, string> {
  const pairs = text.split("\n").flatMap((line): [string, string][] => {
    const at = line.indexOf("=");
    return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
  });
  const wanted = new Map(pairs);
  const url = wanted.get("url");
  if (url !== undefined && URL.canParse(url)) {
    const { protocol, host } = new URL(url);
    wanted.set("protocol", protocol.replace(":", "")).set("host", host);
  }
  return wanted;
}
