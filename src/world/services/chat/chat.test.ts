/** The chat's Web API: what each method answers, who may do what, and what stays for administrators. */
import { describe, expect, test } from "vitest";
import type { Origin } from "../../network.ts";
import { World } from "../../world.ts";
import { openWorkspace } from "./chat.ts";
import { CHAT_HOST } from "./host.ts";

const PEOPLE: Readonly<Record<string, string>> = { mina: "U00001001", teo: "U00001002", aya: "U00001004" };

function workspace(): World {
  const world = World.empty(1, { detect: () => [] });
  openWorkspace(world.ports("services"), ["learner", "mina", "teo"]);
  return world;
}

type Said = { readonly [key: string]: never } & { readonly ok: boolean; readonly error?: string };

async function ask(
  world: World,
  who: string | null,
  method: string,
  fields: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const from: Origin = { address: "203.0.113.31", session: who };
  const path = method === "export" ? "/export" : `/api/${method}`;
  const request = new Request(`https://${CHAT_HOST}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(fields),
  });
  const response = await world.network.fetch(request, from);
  expect(response.status).toBe(200);
  return (await response.json()) as Said;
}

async function posted(world: World, who: string, channel: string, text: string): Promise<string> {
  const { ok, ts } = await ask(world, who, "chat.postMessage", { channel, text });
  expect(ok).toBe(true);
  return ts as unknown as string;
}

const REFUSED: readonly (readonly [who: string | null, method: string, fields: object, error: string])[] = [
  [null, "auth.test", {}, "not_authed"],
  ["magpie", "auth.test", {}, "not_authed"],
  ["mina", "auth.test", { token: "any" }, "invalid_auth"],
  ["mina", "files.upload", {}, "unknown_method"],
  ["mina", "constructor", {}, "unknown_method"],
  ["mina", "conversations.history", { channel: "nowhere" }, "channel_not_found"],
  ["mina", "conversations.history", { channel: "__proto__" }, "channel_not_found"],
  ["mina", "conversations.replies", { channel: "general", ts: "1.0" }, "thread_not_found"],
  ["mina", "conversations.create", { name: "general" }, "name_taken"],
  ["mina", "conversations.create", { name: "Big Words" }, "invalid_name_specials"],
  ["mina", "conversations.create", {}, "invalid_name_required"],
  ["mina", "conversations.open", {}, "users_list_not_supplied"],
  ["mina", "conversations.open", { users: "magpie" }, "user_not_found"],
  ["mina", "users.info", { user: "nobody" }, "user_not_found"],
  ["aya", "chat.postMessage", { channel: "general", text: "hello" }, "not_in_channel"],
  ["aya", "conversations.invite", { channel: "general", users: "sam" }, "not_in_channel"],
  ["mina", "chat.postMessage", { channel: "general", text: "  " }, "no_text"],
  ["mina", "chat.postMessage", { channel: "general", text: "x".repeat(40_001) }, "msg_too_long"],
  ["mina", "chat.postMessage", { channel: "general", text: "x", thread_ts: "1.0" }, "thread_not_found"],
  ["mina", "chat.update", { channel: "general", ts: "1.0", text: "x" }, "message_not_found"],
  ["teo", "export", {}, "not_allowed"],
];

test.each(REFUSED)("%s, %s %o: %s", async (who, method, fields, error) => {
  expect(await ask(workspace(), who, method, { ...fields })).toMatchObject({ ok: false, error });
});

describe("messages", () => {
  test("are read newest first, with who wrote them", async () => {
    const world = workspace();
    await posted(world, "mina", "#general", "Good morning");
    await posted(world, "teo", "general", "The release is out");
    const said = await ask(world, "aya", "conversations.history", { channel: "general" });
    expect(said).toMatchObject({
      ok: true,
      has_more: false,
      messages: [
        { type: "message", user: PEOPLE["teo"], text: "The release is out" },
        { type: "message", user: PEOPLE["mina"], text: "Good morning" },
      ],
    });
    const one = await ask(world, "aya", "conversations.history", { channel: "general", limit: 1 });
    expect(one).toMatchObject({ has_more: true, messages: [{ user: PEOPLE["teo"] }] });
  });

  test("of a thread stand below the one that they answer", async () => {
    const world = workspace();
    const ts = await posted(world, "mina", "general", "Who deploys?");
    await ask(world, "teo", "chat.postMessage", { channel: "general", text: "I do", thread_ts: ts });
    const history = await ask(world, "mina", "conversations.history", { channel: "general" });
    expect(history).toMatchObject({ messages: [{ ts, reply_count: 1 }] });
    const thread = await ask(world, "mina", "conversations.replies", { channel: "general", ts });
    expect(thread).toMatchObject({ messages: [{ ts }, { text: "I do", thread_ts: ts }] });
  });

  test("of an app carry its name", async () => {
    const world = workspace();
    const fields = { channel: "general", text: "Run 12 failed", username: "forge" };
    const { message } = await ask(world, "teo", "chat.postMessage", fields);
    expect(message).toMatchObject({ subtype: "bot_message", username: "forge", text: "Run 12 failed" });
  });

  test("are changed by their writer only, deleted by administrators too", async () => {
    const world = workspace();
    const ts = await posted(world, "teo", "general", "first");
    const change = { channel: "general", ts, text: "second" };
    expect(await ask(world, "mina", "chat.update", change)).toMatchObject({ error: "cant_update_message" });
    expect(await ask(world, "teo", "chat.update", change)).toMatchObject({ ok: true, text: "second" });
    const history = await ask(world, "mina", "conversations.history", { channel: "general" });
    expect(history).toMatchObject({ messages: [{ text: "second", edited: { user: PEOPLE["teo"] } }] });
    const where = { channel: "general", ts };
    expect(await ask(world, "learner", "chat.delete", where)).toMatchObject({ error: "cant_delete_message" });
    expect(await ask(world, "mina", "chat.delete", where)).toMatchObject({ ok: true, ts });
    expect(await ask(world, "teo", "chat.delete", where)).toMatchObject({ error: "message_not_found" });
    const empty = await ask(world, "teo", "conversations.history", { channel: "general" });
    expect(empty).toMatchObject({ messages: [] });
    const all = await ask(world, "mina", "export");
    expect(all).toMatchObject({ channels: [{ messages: [{ text: "second", edits: [{ text: "first" }] }] }] });
  });
});

describe("who may read", () => {
  test("a private channel is there for its members alone", async () => {
    const world = workspace();
    await ask(world, "mina", "conversations.create", { name: "keys", is_private: true });
    await posted(world, "mina", "keys", "between us");
    const where = { channel: "keys" };
    expect(await ask(world, "teo", "conversations.history", where)).toMatchObject({ ok: false });
    await ask(world, "mina", "conversations.invite", { channel: "keys", users: "teo" });
    expect(await ask(world, "teo", "conversations.history", where)).toMatchObject({
      messages: [{ text: "between us" }],
    });
  });

  test("a direct conversation is between two", async () => {
    const world = workspace();
    const { channel } = await ask(world, "mina", "conversations.open", { users: "teo" });
    const { id } = channel as unknown as { id: string };
    expect(id).toMatch(/^D/);
    expect(await ask(world, "teo", "conversations.open", { users: "mina" })).toMatchObject({
      channel: { id },
    });
    await posted(world, "mina", id, "psst");
    expect(await ask(world, "learner", "conversations.history", { channel: id })).toMatchObject({
      ok: false,
    });
    const seen = world.events.filter(({ kind }) => kind === "chat.posted");
    expect(seen).toMatchObject([{ who: "colleague", data: { hidden: true, public: false } }]);
  });

  test("a public one can be joined and left", async () => {
    const world = workspace();
    expect(await ask(world, "aya", "conversations.join", { channel: "general" })).toMatchObject({
      channel: { is_member: true, num_members: 4 },
    });
    await posted(world, "aya", "general", "hello");
    await ask(world, "aya", "conversations.leave", { channel: "general" });
    const { members } = await ask(world, "mina", "conversations.members", { channel: "general" });
    expect(members).not.toContain(PEOPLE["aya"]);
    expect(world.audit.all().map(({ action }) => action)).toEqual([
      "conversations.join",
      "chat.postMessage",
      "conversations.leave",
    ]);
  });
});
