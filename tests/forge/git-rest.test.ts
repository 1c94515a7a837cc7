/** The git side of the REST API: refs, git data, contents, comparisons, rules, keys, alerts, support. Cases as data. */
import { beforeEach, describe, expect, test } from "vitest";
import { toBase64, fromUtf8 } from "../../src/base/bytes.ts";
import { EVENTS } from "../../src/world/services/forge/events.ts";
import { objectsOf } from "../../src/world/services/forge/git/objects.ts";
import { isAncestor } from "../../src/world/services/forge/git/history.ts";
import { mergeCommit, rebaseCommits, squashCommit } from "../../src/world/services/forge/git/merge.ts";
import type { Repository } from "../../src/world/services/forge/model.ts";
import type { World } from "../../src/world/world.ts";
import { ID, SECRET, token, worldWithRepository } from "./setting.ts";

interface Lab {
  readonly world: World;
  readonly repository: Repository;
  /** main: one, two. topic: one, two, three. */
  readonly ids: Readonly<Record<"one" | "two" | "three" | "blob", string>>;
  readonly call: (line: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
}

interface Answer {
  readonly status: number;
  readonly body: any;
  readonly text: string;
  readonly headers: Headers;
}

let lab: Lab;

beforeEach(() => {
  lab = setting();
});

function setting(): Lab {
  const world = worldWithRepository();
  const { forge } = world;
  forge.createAccount("lantern-tides", { type: "Organization" });
  forge.createAccount("mina", { name: "Mina", email: "mina@lantern.example" });
  forge.addMember("lantern-tides", "mina", "admin");
  const repository = forge.find(ID) as Repository;
  const git = objectsOf(forge, repository);
  const author = { name: "Lin", email: "lin@lantern.example", atMs: 1000 };
  const blob = git.writeBlob("one\n");
  const put = (base: string | null, path: string, text: string) =>
    git.editTree(base, new Map([[path, { mode: "100644", id: git.writeBlob(text) }]]));
  const tree = put(null, "README.md", "one\n");
  const one = git.writeCommit({ tree, parents: [], message: "one", author });
  const two = git.writeCommit({
    tree: put(tree, "src/a.txt", "a\n"),
    parents: [one],
    message: "two",
    author: { ...author, atMs: 2000 },
  });
  const three = git.writeCommit({
    tree: put(git.treeOf(two), "README.md", "three\n"),
    parents: [two],
    message: "three\n\nmore",
    author: { ...author, atMs: 3000 },
  });
  git.setRef("refs/heads/main", two);
  git.setRef("refs/heads/feature/topic", three);
  git.setRef("refs/tags/v1", one);
  const word = token(world, "mina", { kind: "classic", scopes: ["repo", "workflow", "admin:org"] }).value;
  const call: Lab["call"] = async (line, body, headers = {}) => {
    const [method, path] = line.split(" ") as [string, string];
    const request = new Request(`https://forge.test/api/v3${path.replace("$", `/repos/${ID}`)}`, {
      method,
      headers: { Authorization: `token ${word}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const response = await world.network.fetch(request, { address: "203.0.113.20", session: null });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      body: isJson ? JSON.parse(text) : null,
      text,
      headers: response.headers,
    };
  };
  return { world, repository, ids: { one, two, three, blob }, call };
}

/** ONE, TWO, THREE and BLOB in a case stand for ids. */
function filled<T>(value: T): T {
  const { one, two, three, blob } = lab.ids;
  return JSON.parse(
    JSON.stringify(value)
      .replaceAll("TWO", two)
      .replaceAll("ONE", one)
      .replaceAll("THREE", three)
      .replaceAll("BLOB", blob),
  ) as T;
}

describe("reading", () => {
  test.each<[string, number, unknown]>([
    ["GET $/git/ref/heads/main", 200, { ref: "refs/heads/main", object: { sha: "TWO", type: "commit" } }],
    ["GET $/git/ref/heads/feature/topic", 200, { ref: "refs/heads/feature/topic" }],
    ["GET $/git/ref/heads/mai", 404, { message: "Not Found" }],
    ["GET $/git/ref/heads%2F..%2Fheads%2Fmain", 404, {}],
    ["GET $/git/matching-refs/heads/fea", 200, [{ ref: "refs/heads/feature/topic" }]],
    ["GET $/git/matching-refs/tags/none", 200, []],
    [
      "GET $/git/commits/ONE",
      200,
      { sha: "ONE", message: "one", parents: [], author: { date: "1970-01-01T00:00:01Z" } },
    ],
    ["GET $/git/commits/BLOB", 404, {}],
    [
      "GET $/git/trees/TWO?recursive=1",
      200,
      {
        tree: [
          { path: "README.md", mode: "100644", size: 4 },
          { path: "src", mode: "040000", type: "tree" },
          { path: "src/a.txt" },
        ],
      },
    ],
    ["GET $/git/trees/main", 200, { tree: [{ path: "README.md" }, { path: "src" }], truncated: false }],
    ["GET $/git/blobs/BLOB", 200, { content: "b25lCg==\n", encoding: "base64", size: 4 }],
    ["GET $/git/blobs/ONE", 404, {}],
    ["GET $/commits", 200, [{ sha: "TWO", commit: { message: "two" }, author: null }, { sha: "ONE" }]],
    ["GET $/commits?sha=feature/topic&per_page=1", 200, [{ sha: "THREE" }]],
    ["GET $/commits?path=src/a.txt", 200, [{ sha: "TWO" }]],
    ["GET $/commits?author=nobody", 200, []],
    ["GET $/commits?sha=none", 404, {}],
    [
      "GET $/commits/feature/topic",
      200,
      {
        sha: "THREE",
        stats: { total: 2, additions: 1, deletions: 1 },
        files: [{ filename: "README.md", status: "modified", patch: "@@ -1 +1 @@\n-one\n+three" }],
      },
    ],
    [
      "GET $/commits/v1",
      200,
      { sha: "ONE", files: [{ filename: "README.md", status: "added", additions: 1 }] },
    ],
    ["GET $/commits/ffff", 422, { message: "No commit found for SHA: ffff" }],
    [
      "GET $/contents/README.md",
      200,
      { type: "file", content: "b25lCg==\n", encoding: "base64", name: "README.md", sha: "BLOB" },
    ],
    ["GET $/contents/README.md?ref=feature/topic", 200, { content: "dGhyZWUK\n" }],
    ["GET $/contents/src", 200, [{ path: "src/a.txt", type: "file" }]],
    ["GET $/contents", 200, [{ name: "README.md" }, { name: "src", type: "dir" }]],
    ["GET $/contents/none", 404, { message: "Not Found" }],
    ["GET $/contents/README.md?ref=none", 404, { message: "No commit found for the ref none" }],
    ["GET $/readme", 200, { path: "README.md" }],
    [
      "GET $/compare/main...feature/topic",
      200,
      {
        status: "ahead",
        ahead_by: 1,
        behind_by: 0,
        merge_base_commit: { sha: "TWO" },
        commits: [{ sha: "THREE" }],
        files: [{ filename: "README.md" }],
      },
    ],
    ["GET $/compare/feature/topic...main", 200, { status: "behind", behind_by: 1, files: [] }],
    ["GET $/compare/main...lantern-tides:main", 200, { status: "identical" }],
    ["GET $/compare/main...none", 404, {}],
    [
      "GET $/branches",
      200,
      [
        { name: "feature/topic", protected: false },
        { name: "main", commit: { sha: "TWO" } },
      ],
    ],
    [
      "GET $/branches/feature/topic",
      200,
      { name: "feature/topic", commit: { sha: "THREE", commit: { message: "three\n\nmore" } } },
    ],
    ["GET $/branches/none", 404, { message: "Branch not found" }],
    ["GET $/branches/main/protection", 404, { message: "Branch not protected" }],
    ["GET $/tags", 200, [{ name: "v1", commit: { sha: "ONE" } }]],
    ["GET $/rulesets", 200, []],
    ["GET $/rules/branches/feature/topic", 200, []],
    ["GET $/keys", 200, []],
    ["GET $/secret-scanning/alerts", 200, []],
    ["GET $/secret-scanning/alerts/1", 404, {}],
    ["GET /orgs/lantern-tides/rulesets", 200, []],
    ["GET /orgs/lantern-tides/secret-scanning/alerts", 200, []],
    ["GET /support", 200, []],
  ])("%s: %i", async (line, status, body) => {
    const answer = await lab.call(filled(line));
    expect(answer.status, answer.text).toBe(status);
    if (Array.isArray(body)) expect(answer.body).toHaveLength(body.length);
    expect(answer.body).toMatchObject(filled(body) as object);
  });

  test.each([
    ["GET $/contents/README.md", "application/vnd.github.raw+json", "one\n"],
    ["GET $/git/blobs/BLOB", "application/vnd.github.raw", "one\n"],
    ["GET $/commits/main", "application/vnd.github.sha", "TWO"],
    [
      "GET $/compare/main...feature/topic",
      "application/vnd.github.diff",
      "diff --git a/README.md b/README.md\nindex 5626abf..2bdf67a 100644\n--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-one\n+three\n",
    ],
  ])("%s as %s", async (line, accept, text) => {
    expect((await lab.call(filled(line), undefined, { Accept: accept })).text).toBe(filled(text));
  });
});

test.each([
  ["/raw/main/README.md", 200, "one\n"],
  ["/raw/feature/topic/README.md", 200, "three\n"],
  ["/raw/THREE/src/a.txt", 200, "a\n"],
  ["/raw/main/none", 404, null],
  [
    "/commit/TWO.diff",
    200,
    "diff --git a/src/a.txt b/src/a.txt\nnew file mode 100644\nindex 0000000..7898192\n--- /dev/null\n+++ b/src/a.txt\n@@ -0,0 +1 @@\n+a\n",
  ],
  ["/commit/none.patch", 404, null],
])("the page %s: %i", async (path, status, text) => {
  const answer = await lab.call(`GET /${ID}${filled(path)}`);
  expect(answer.status).toBe(status);
  if (text !== null) expect(answer.text).toBe(text);
});

const b64 = (text: string) => toBase64(fromUtf8(text));

describe("writing", () => {
  test.each<[string, unknown, number, unknown]>([
    [
      "POST $/git/refs",
      { ref: "refs/heads/x", sha: "ONE" },
      201,
      { ref: "refs/heads/x", object: { sha: "ONE" } },
    ],
    ["POST $/git/refs", { ref: "refs/heads/main", sha: "ONE" }, 422, { message: "Reference already exists" }],
    [
      "POST $/git/refs",
      { ref: "heads/x", sha: "ONE" },
      422,
      { message: "Reference name must contain at least three slash-separated components." },
    ],
    [
      "POST $/git/refs",
      { ref: "refs/heads/a b", sha: "ONE" },
      422,
      { message: "refs/heads/a b is not a valid ref name." },
    ],
    [
      "POST $/git/refs",
      { ref: "refs/pull/1/head", sha: "ONE" },
      422,
      { message: "refs/pull/1/head is not a valid ref name." },
    ],
    [
      "POST $/git/refs",
      { ref: "refs/heads/main/x", sha: "ONE" },
      422,
      { message: "Reference update failed" },
    ],
    [
      "POST $/git/refs",
      { ref: "refs/heads/x", sha: "f".repeat(40) },
      422,
      { message: "Object does not exist" },
    ],
    ["PATCH $/git/refs/heads/main", { sha: "THREE" }, 200, { object: { sha: "THREE" } }],
    ["PATCH $/git/refs/heads/main", { sha: "ONE" }, 422, { message: "Update is not a fast forward" }],
    ["PATCH $/git/refs/heads/main", { sha: "ONE", force: true }, 200, { object: { sha: "ONE" } }],
    ["PATCH $/git/refs/heads/none", { sha: "ONE" }, 422, { message: "Reference does not exist" }],
    ["DELETE $/git/refs/heads/feature/topic", undefined, 204, null],
    ["DELETE $/git/refs/heads/none", undefined, 422, { message: "Reference does not exist" }],
    ["POST $/git/blobs", { content: "x" }, 201, { sha: "c1b0730e0133447badcfd47fd144e254807b06e1" }],
    [
      "POST $/git/blobs",
      { content: "!", encoding: "base64" },
      422,
      { message: "content is not valid Base64" },
    ],
    ["POST $/git/blobs", {}, 422, {}],
    [
      "POST $/git/blobs",
      { content: SECRET },
      422,
      {
        message: "Secret detected in content",
        metadata: { secret_scanning: { bypass_placeholders: [{ token_type: "tides_token" }] } },
      },
    ],
    [
      "POST $/git/trees",
      { base_tree: "TWO", tree: [{ path: "n/b", mode: "100644", type: "blob", content: "b" }] },
      201,
      { tree: [{ path: "README.md" }, { path: "n", type: "tree" }, { path: "src" }] },
    ],
    [
      "POST $/git/trees",
      { base_tree: "TWO", tree: [{ path: "src/a.txt", mode: "100644", sha: null }] },
      201,
      { tree: [{ path: "README.md" }] },
    ],
    [
      "POST $/git/trees",
      { tree: [{ path: "../x", mode: "100644", content: "b" }] },
      422,
      { message: "tree.path contains a malformed path component" },
    ],
    ["POST $/git/trees", { tree: [{ path: ".git/config", mode: "100644", content: "b" }] }, 422, {}],
    [
      "POST $/git/trees",
      { tree: [{ path: "x", mode: "7", content: "b" }] },
      422,
      { message: "Must supply a valid tree.mode" },
    ],
    [
      "POST $/git/commits",
      { message: "m", tree: "ONE", parents: [] },
      422,
      { message: "Tree SHA does not exist" },
    ],
    [
      "POST $/git/tags",
      { tag: "v2", message: "m", object: "ONE", type: "commit" },
      201,
      { tag: "v2", object: { sha: "ONE" }, tagger: { name: "Mina" } },
    ],
    [
      "PUT $/contents/new/file.txt",
      { message: "add", content: b64("x\n") },
      201,
      {
        content: { path: "new/file.txt" },
        commit: {
          message: "add",
          parents: [{ sha: "TWO" }],
          author: { name: "Mina", email: "mina@lantern.example" },
        },
      },
    ],
    [
      "PUT $/contents/README.md",
      { message: "m", content: b64("x\n"), sha: "BLOB", branch: "main" },
      200,
      { content: { name: "README.md" } },
    ],
    [
      "PUT $/contents/README.md",
      { message: "m", content: b64("x\n") },
      422,
      { message: 'Invalid request.\n\n"sha" wasn\'t supplied.' },
    ],
    [
      "PUT $/contents/README.md",
      { message: "m", content: b64("x\n"), sha: "ONE" },
      409,
      { message: "README.md does not match ONE" },
    ],
    ["PUT $/contents/x", { message: "m", content: "?" }, 422, { message: "content is not valid Base64" }],
    [
      "PUT $/contents/x",
      { message: "m", content: b64("x"), branch: "none" },
      404,
      { message: "Branch none not found" },
    ],
    [
      "PUT $/contents/x",
      { message: "m", content: b64(`k=${SECRET}\n`) },
      409,
      { message: "Secret detected in content" },
    ],
    [
      "DELETE $/contents/README.md",
      { message: "rm", sha: "BLOB" },
      200,
      { content: null, commit: { message: "rm" } },
    ],
    ["DELETE $/contents/none", { message: "rm", sha: "BLOB" }, 404, {}],
    ["POST $/branches/feature/topic/rename", { new_name: "other" }, 201, { name: "other" }],
    [
      "POST $/rulesets",
      {
        name: "r",
        enforcement: "active",
        conditions: { ref_name: { include: ["~ALL"], exclude: [] } },
        rules: [{ type: "deletion" }],
      },
      201,
      {
        name: "r",
        target: "branch",
        source: ID,
        source_type: "Repository",
        rules: [{ type: "deletion" }],
        bypass_actors: [],
        current_user_can_bypass: "never",
      },
    ],
    [
      "POST $/rulesets",
      { name: "r", enforcement: "on" },
      422,
      { errors: ["Enforcement is not included in the list", "Conditions must include a ref_name condition"] },
    ],
    [
      "POST $/rulesets",
      {
        name: "r",
        enforcement: "active",
        conditions: { ref_name: { include: [], exclude: [] } },
        rules: [{ type: "constructor" }],
      },
      422,
      { errors: ["Invalid rule 'constructor': "] },
    ],
    [
      "POST /orgs/lantern-tides/rulesets",
      {
        name: "o",
        enforcement: "evaluate",
        target: "tag",
        conditions: { ref_name: { include: ["~ALL"], exclude: [] } },
      },
      201,
      { source_type: "Organization", source: "lantern-tides" },
    ],
    [
      "PUT $/branches/main/protection",
      {
        required_status_checks: { strict: true, contexts: ["ci"] },
        enforce_admins: true,
        required_pull_request_reviews: { required_approving_review_count: 2 },
        restrictions: null,
      },
      200,
      {
        required_status_checks: { strict: true, contexts: ["ci"] },
        enforce_admins: { enabled: true },
        required_pull_request_reviews: { required_approving_review_count: 2 },
        allow_force_pushes: { enabled: false },
      },
    ],
    ["PUT $/branches/main/protection", {}, 422, {}],
    [
      "POST $/keys",
      { title: "deploy", key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA lin@host", read_only: true },
      201,
      { title: "deploy", read_only: true, added_by: "mina" },
    ],
    ["POST $/keys", { title: "deploy", key: "nonsense" }, 422, { errors: [{ field: "key" }] }],
    ["POST /support", { repository: ID, pulls: [1], commits: ["ONE"] }, 201, { state: "open" }],
    ["POST /support", { repository: ID, pulls: ["x"] }, 422, {}],
    ["PATCH $/secret-scanning/alerts/9", { state: "resolved", resolution: "revoked" }, 404, {}],
  ])("%s %j: %i", async (line, body, status, expected) => {
    const answer = await lab.call(filled(line), filled(body ?? null) ?? undefined);
    expect(answer.status, answer.text).toBe(status);
    if (expected !== null) expect(answer.body).toMatchObject(filled(expected) as object);
  });

  test("a refused file leaves nothing, a bypass lets it in, and its alert is resolved", async () => {
    const git = objectsOf(lab.world.forge, lab.repository);
    const before = git.ids();
    const file = { message: "m", content: b64(`k=${SECRET}\n`) };
    const refused = await lab.call("PUT $/contents/x", file);
    expect(git.ids()).toEqual(before);
    const placeholder = refused.body.metadata.secret_scanning.bypass_placeholders[0].placeholder_id;
    const bypass = { reason: "will_fix_later", placeholder_id: placeholder };
    expect((await lab.call("POST $/secret-scanning/push-protection-bypasses", bypass)).status).toBe(200);
    const made = await lab.call("PUT $/contents/x", file);
    expect(made.status).toBe(201);
    const alert = (await lab.call("GET $/secret-scanning/alerts/1")).body;
    expect(alert).toMatchObject({ state: "open", push_protection_bypassed_by: { login: "mina" } });
    expect((await lab.call("GET $/secret-scanning/alerts/1/locations")).body).toMatchObject([
      {
        type: "commit",
        details: {
          path: "x",
          start_line: 1,
          commit_sha: made.body.commit.sha,
          blob_sha: made.body.content.sha,
        },
      },
    ]);
    const resolve = (body: object) => lab.call("PATCH $/secret-scanning/alerts/1", body);
    expect((await resolve({ state: "resolved" })).status).toBe(422);
    expect(
      (await resolve({ state: "resolved", resolution: "revoked", resolution_comment: "rotated" })).body,
    ).toMatchObject({
      state: "resolved",
      resolution: "revoked",
      resolved_by: { login: "mina" },
      resolution_comment: "rotated",
    });
    expect((await lab.call("GET $/secret-scanning/alerts?state=open")).body).toEqual([]);
    expect(
      (await lab.call("GET /orgs/lantern-tides/secret-scanning/alerts?state=resolved")).body,
    ).toMatchObject([{ number: 1, repository: { full_name: ID } }]);
  });

  test("rules hold for the API too, and the branch shows them", async () => {
    const conditions = { ref_name: { include: ["refs/heads/main"], exclude: [] } };
    const rules = [{ type: "pull_request", parameters: { required_approving_review_count: 1 } }];
    const { body } = await lab.call("POST $/rulesets", {
      name: "main",
      enforcement: "active",
      conditions,
      rules,
    });
    const message = "Repository rule violations found\n\nChanges must be made through a pull request.\n\n";
    const put = () => lab.call("PUT $/contents/x", { message: "m", content: b64("x") });
    expect(await put()).toMatchObject({ status: 409, body: { message } });
    expect(await lab.call("PATCH $/git/refs/heads/main", { sha: lab.ids.three })).toMatchObject({
      status: 422,
      body: { message },
    });
    expect((await lab.call("GET $/rules/branches/main")).body).toMatchObject([
      { type: "pull_request", ruleset_id: body.id, ruleset_source: ID },
    ]);
    expect((await lab.call("GET $/branches/main")).body.protected).toBe(true);
    const bypass_actors = [{ actor_type: "OrganizationAdmin", actor_id: 1, bypass_mode: "always" }];
    expect((await lab.call(`PUT $/rulesets/${body.id}`, { bypass_actors })).body).toMatchObject({
      rules,
      current_user_can_bypass: "always",
    });
    expect((await put()).status).toBe(201);
    expect(lab.world.audit.all().map(({ action }) => action)).toContain("protected_branch.policy_override");
    expect((await lab.call(`DELETE $/rulesets/${body.id}`)).status).toBe(204);
    expect((await lab.call(`GET $/rulesets/${body.id}`)).status).toBe(404);
  });
});

describe("what is heard of a moved ref", () => {
  const heard = () =>
    lab.world.tables
      .of(EVENTS)
      .all()
      .map(({ name, payload }) => ({ name, payload: payload as any }));

  test("a commit by the API is a push", async () => {
    const { body } = await lab.call("PUT $/contents/README.md", {
      message: "m",
      content: b64("x\n"),
      sha: lab.ids.blob,
    });
    expect(heard()).toMatchObject([
      {
        name: "push",
        payload: {
          ref: "refs/heads/main",
          before: lab.ids.two,
          after: body.commit.sha,
          created: false,
          deleted: false,
          forced: false,
          pusher: { name: "mina", email: "mina@lantern.example" },
          sender: { login: "mina" },
          repository: { full_name: ID },
          compare: `https://forge.test/${ID}/compare/${lab.ids.two.slice(0, 12)}...${body.commit.sha.slice(0, 12)}`,
          commits: [
            {
              id: body.commit.sha,
              message: "m",
              added: [],
              removed: [],
              modified: ["README.md"],
              author: { username: "mina" },
            },
          ],
          head_commit: { id: body.commit.sha },
        },
      },
    ]);
  });

  test("a new branch, a forced update, a deleted tag", async () => {
    await lab.call("POST $/git/refs", { ref: "refs/heads/x", sha: lab.ids.three });
    await lab.call("PATCH $/git/refs/heads/x", { sha: lab.ids.one, force: true });
    await lab.call("DELETE $/git/refs/tags/v1");
    expect(
      heard().map(({ name, payload }) => [name, payload.ref, payload.ref_type ?? payload.forced]),
    ).toEqual([
      ["create", "x", "branch"],
      ["push", "refs/heads/x", false],
      ["push", "refs/heads/x", true],
      ["delete", "v1", "tag"],
      ["push", "refs/tags/v1", false],
    ]);
    expect(heard().at(-1)?.payload).toMatchObject({
      after: "0".repeat(40),
      deleted: true,
      head_commit: null,
      commits: [],
    });
  });
});

describe("merges", () => {
  const people = { message: "merged", author: { name: "Mina", email: "m@x.example", atMs: 9000 } };

  function sides(text: string): { main: string; side: string } {
    const git = objectsOf(lab.world.forge, lab.repository);
    const change = (path: string, content: string) =>
      git.editTree(
        git.treeOf(lab.ids.two),
        new Map([[path, { mode: "100644", id: git.writeBlob(content) }]]),
      );
    const commit = (tree: string) => git.writeCommit({ ...people, tree, parents: [lab.ids.two] });
    return { main: commit(change("README.md", "ours\n")), side: commit(change(text, "theirs\n")) };
  }

  test("three ways, each with both changes", async () => {
    const { forge } = lab.world;
    const git = objectsOf(forge, lab.repository);
    const { main, side } = sides("src/b.txt");
    const merge = await mergeCommit(forge, lab.repository, main, side, people);
    const squash = await squashCommit(forge, lab.repository, main, side, people);
    const rebase = await rebaseCommits(forge, lab.repository, main, side, people.author);
    for (const id of [merge, squash, rebase])
      expect(git.files(id as string).map(({ path }) => path)).toEqual([
        "README.md",
        "src/a.txt",
        "src/b.txt",
      ]);
    expect([merge, squash, rebase].map((id) => git.commit(id as string)?.parents)).toEqual([
      [main, side],
      [main],
      [main],
    ]);
    expect(isAncestor(git, side, merge as string)).toBe(true);
  });

  test("a conflict makes nothing", async () => {
    const { forge } = lab.world;
    const { main, side } = sides("README.md");
    expect(await mergeCommit(forge, lab.repository, main, side, people)).toBeNull();
    expect(await rebaseCommits(forge, lab.repository, main, side, people.author)).toBeNull();
  });
});
