/** A shell with `gh` and `git` in front of a real forge; routes can be put in front of it, and what was sent is kept. */
import { getCommandNames } from "just-bash/browser";
import { Disk } from "../../src/disk/disk.ts";
import { layOut } from "../../src/disk/layout.ts";
import { ghCommand } from "../../src/shell/commands/gh.ts";
import { gitCommand } from "../../src/shell/commands/git/git.ts";
import { Shell } from "../../src/shell/session.ts";
import { type Terminal, unattended } from "../../src/shell/terminal.ts";
import { worldWithRepository } from "../forge/setting.ts";

export interface Sent {
  readonly method: string;
  /** Below the API's root, with its query. */
  readonly path: string;
  readonly authorization: string | null;
  readonly body: unknown;
  readonly bytes: Uint8Array;
  readonly headers: Headers;
}

/** `GET repos/o/r` → what it answers: JSON with 200, or a whole response. */
export type Fakes = Readonly<Record<string, object | undefined | ((sent: Sent) => unknown)>>;

export interface GhSettingOptions {
  readonly login?: string | null;
  readonly fakes?: Fakes;
  /** Lines that the person answers with; without them nobody sits there. */
  readonly answers?: readonly string[];
  /** Output goes to the screen. */
  readonly direct?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

const LOGIN = "lin";

export function ghSetting(options: GhSettingOptions = {}) {
  const world = worldWithRepository();
  const { clock } = world;
  const disk = new Disk({ now: () => clock.now() });
  const commands = [...getCommandNames(), "git", "gh"];
  layOut(disk, { hostname: "laptop", accounts: [{ name: LOGIN, uid: 1000 }], commands });
  const sent: Sent[] = [];
  const answers = [...(options.answers ?? [])];
  const prompts: string[] = [];
  let shown = { stdout: "", stderr: "" };
  const terminal: Terminal = {
    ...unattended,
    attended: options.answers !== undefined || options.direct === true,
    direct: () => options.direct ?? false,
    write: (stream, text) => void (shown[stream] += text),
    readLine: (prompt) => {
      prompts.push(prompt);
      return Promise.resolve(answers.shift() ?? null);
    },
  };
  const from = { address: "203.0.113.20", session: options.login === undefined ? LOGIN : options.login };
  const reach = async (request: Request): Promise<Response> => {
    const copy = await keep(request.clone(), sent);
    const fake = options.fakes && (answerOf(options.fakes, copy) as unknown);
    return fake === undefined ? world.network.fetch(request, from) : asResponse(fake);
  };
  const network = {
    fetch: (input: string | URL | Request, init?: RequestInit) =>
      world.network.fetch(new Request(input, init), from),
  };
  const git = gitCommand({ terminal, now: () => clock.now(), network });
  const shell = new Shell(
    {
      fs: disk.as({ name: LOGIN }),
      terminal,
      commands: [git, ghCommand(reach, terminal, () => clock.now())],
      sleep: (ms) => world.advance(ms),
      tick: () => world.advance(15_000),
    },
    {
      name: LOGIN,
      home: `/home/${LOGIN}`,
      uid: 1000,
      hostname: "laptop",
      env: { ...IDENTITY, ...options.env },
    },
  );
  const run = async (line: string) => {
    shown = { stdout: "", stderr: "" };
    const { exitCode } = await shell.run(line);
    return { ...shown, exitCode };
  };
  return { world, disk, run, sent, prompts, api: () => sent.filter(({ path }) => path !== "user") };
}

const IDENTITY = {
  GIT_AUTHOR_NAME: "Lin",
  GIT_AUTHOR_EMAIL: "lin@lantern.example",
  GIT_COMMITTER_NAME: "Lin",
  GIT_COMMITTER_EMAIL: "lin@lantern.example",
};

async function keep(request: Request, sent: Sent[]): Promise<Sent> {
  const { pathname, search } = new URL(request.url);
  const bytes = new Uint8Array(await request.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const entry = {
    method: request.method,
    path: pathname.replace(/^\/api\/v3\//, "") + search,
    authorization: request.headers.get("Authorization"),
    body: text.startsWith("{") ? (JSON.parse(text) as unknown) : text,
    bytes,
    headers: request.headers,
  };
  sent.push(entry);
  return entry;
}

function answerOf(fakes: Fakes, sent: Sent): unknown {
  const path = sent.path.replace(/\?.*/s, "");
  const key = [`${sent.method} ${sent.path}`, `${sent.method} ${path}`].find((it) =>
    Object.hasOwn(fakes, it),
  );
  if (key === undefined) return sent.path === "user" ? { login: LOGIN, id: 1 } : undefined;
  const answer = fakes[key];
  return typeof answer === "function" ? (answer as (it: Sent) => unknown)(sent) : answer;
}

function asResponse(answer: unknown): Response {
  if (answer instanceof Response) return answer.clone();
  return Response.json(answer);
}

export function failure(status: number, message: string, errors: readonly unknown[] = []): Response {
  return Response.json({ message, ...(errors.length > 0 ? { errors } : {}) }, { status });
}
