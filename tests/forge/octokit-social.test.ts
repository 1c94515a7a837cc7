/** The social side of the REST API, driven by the real Octokit over a loopback port: a table of calls in their order. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromUtf8, toHex } from "../../src/base/bytes.ts";
import { textsOf } from "../../src/world/services/forge/texts.ts";
import { MAILS } from "../../src/world/services/mail/mail.ts";
import { changeCalls } from "./socialCalls/changes.ts";
import { peopleCalls } from "./socialCalls/people.ts";
import {
  clients,
  forge,
  heard,
  ids,
  outcome,
  REPO,
  repository,
  start,
  stop,
  world,
  type Row,
} from "./socialCalls/setting.ts";
import { talkCalls } from "./socialCalls/talk.ts";

beforeAll(start);
afterAll(stop);

const CALLS = [...peopleCalls, ...talkCalls, ...changeCalls];

/** In this order: later ones see what earlier ones did. */
test.each(CALLS)("%s (%s)", async (...row) => {
  const [, caller, ask, status, data] = row as unknown as Row;
  const answer = await outcome(ask(clients.get(caller) as Octokit));
  expect(answer.status, JSON.stringify(answer.data)).toBe(status);
  if (data !== undefined) expect(answer.data).toEqual(data);
  if (status >= 400)
    expect(answer.data).toMatchObject({ documentation_url: expect.any(String), status: String(status) });
});

describe("after the table", () => {
  test("a list comes in pages, and the client follows them", async () => {
    const o = clients.get("teo") as Octokit;
    for (let i = 0; i < 5; i += 1) await o.rest.issues.create({ ...REPO, title: `Many ${i}` });
    const first = await o.rest.issues.listForRepo({ ...REPO, state: "all", per_page: 2 });
    expect(first.headers.link).toMatch(/[?&]page=2>; rel="next", <.*page=4>; rel="last"/);
    const all = await o.paginate(o.rest.issues.listForRepo, { ...REPO, state: "all", per_page: 2 });
    expect(all.map(({ number }) => number)).toEqual([9, 8, 7, 6, 5, 4, 3, 1]);
  });

  test("a classic token says what it may do", async () => {
    const { headers } = await (clients.get("teo") as Octokit).rest.users.getAuthenticated();
    expect(headers["x-oauth-scopes"]).toBe("read:org, repo");
    const small = await (clients.get("small") as Octokit).rest.users.getAuthenticated();
    expect(small.headers["x-oauth-scopes"]).toBe("");
    const narrow = await (clients.get("narrow") as Octokit).rest.repos.get(REPO);
    expect(narrow.headers["x-oauth-scopes"]).toBeUndefined();
  });

  test("hooks are delivered with a signature that holds, and their log says how it went", async () => {
    await world.advance(1000);
    const o = clients.get("mina") as Octokit;
    const hook = { ...REPO, hook_id: ids["hook"] as number };
    expect(heard.map(({ headers }) => headers["x-github-event"])).toEqual([
      "ping",
      ...Array(5).fill("issues"),
    ]);
    const last = heard.at(-1);
    const signature = toHex(hmac(sha256, fromUtf8("between us"), fromUtf8(last?.body ?? "")));
    expect(last?.headers["x-hub-signature-256"]).toBe(`sha256=${signature}`);
    expect(JSON.parse(last?.body ?? "")).toMatchObject({
      action: "opened",
      issue: { number: 9, title: "Many 4" },
      repository: { full_name: "lantern-tides/tides" },
      organization: { login: "lantern-tides" },
      sender: { login: "teo" },
    });
    const { data } = await o.rest.repos.listWebhookDeliveries(hook);
    expect(data[0]).toMatchObject({ event: "issues", action: "opened", status: "OK", status_code: 200 });
    await o.rest.repos.updateWebhook({ ...hook, config: { url: "https://hooks.example/broken" } });
    await o.rest.repos.redeliverWebhookDelivery({ ...hook, delivery_id: data[0]?.id as number });
    await o.rest.repos.updateWebhook({ ...hook, config: { url: "https://nowhere.example/" } });
    await o.rest.repos.pingWebhook(hook);
    await world.advance(1000);
    const { data: after } = await o.rest.repos.listWebhookDeliveries(hook);
    expect(after[0]).toMatchObject({ event: "ping", status: "failed to connect to host", status_code: 502 });
    expect(after[1]).toMatchObject({ redelivery: true, guid: data[0]?.guid });
  });

  test("the old words stay on the page and in letters until somebody deletes them", () => {
    const all = textsOf(forge, repository());
    expect(all).toContainEqual({ at: "former title of issue #1", text: "The tide is late", former: true });
    expect(JSON.stringify(all)).not.toContain("12345");
    const letters = world.tables.of(MAILS).filter(({ body }) => body.includes("12345"));
    expect(letters).toEqual([]);
    const asked = world.tables
      .of(MAILS)
      .find(({ mailbox, body }) => mailbox.startsWith("priya@") && body.includes("see @priya"));
    expect(asked?.subject).toBe("[lantern-tides/tides] The tide is late (Issue #1)");
  });
});
