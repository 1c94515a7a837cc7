import { describe, expect, test } from "vitest";
import {
  arrived,
  channelTitle,
  chatNews,
  mailNews,
  senderName,
  unreadOf,
  withNames,
  type MailJson,
  type News,
  type UserJson,
} from "./news.ts";

const USERS: readonly UserJson[] = [
  { id: "U1", name: "learner", real_name: "New Contributor" },
  { id: "U2", name: "teo", real_name: "Teo" },
];
const mail = (id: number, folder = "inbox"): MailJson => ({
  ...{ id, folder, from: "Mina <mina@lantern-tides.test>", to: [], subject: "", body: "" },
  date: "2026-03-03T09:03:15Z",
});
const news = (id: string, kind: News["kind"]): News => ({ id, kind, place: "", from: "", at: "" });

test("only what came is news, under the name of its sender", () => {
  expect(mailNews([mail(3), mail(2, "sent")])).toEqual([
    { id: "mail 3", kind: "mail", place: "3", from: "Mina", at: "2026-03-03T09:03:15Z" },
  ]);
});

test.each([
  ["Teo <teo@lantern-tides.test>", "Teo"],
  ["no-reply@forge.test", "no-reply@forge.test"],
  ["<x@y.test>", "<x@y.test>"],
])("%s is %s", (sender, name) => expect(senderName(sender)).toBe(name));

describe("chat", () => {
  const channel = { id: "C1", name: "general" };
  test("what the learner wrote is no news, what an app wrote for them is", () => {
    const messages = [
      { ts: "1772528400.000001", user: "U2", text: "a" },
      { ts: "1772528415.000002", user: "U1", text: "b" },
      { ts: "1772528430.000003", username: "deploys", text: "c" },
    ];
    expect(chatNews(channel, messages, USERS, "U1").map(({ from, at }) => [from, at])).toEqual([
      ["Teo", "2026-03-03T09:00:00.000Z"],
      ["deploys", "2026-03-03T09:00:30.000Z"],
    ]);
  });

  test("names in texts and titles", () => {
    expect(withNames("<@U2>: see <@U9>", USERS)).toBe("@Teo: see <@U9>");
    expect(channelTitle(channel, USERS, "U1")).toBe("#general");
    expect(channelTitle({ id: "D1", users: ["U1", "U2"] }, USERS, "U1")).toBe("Teo");
  });
});

test("unread is what was not seen; arrived what was not there before", () => {
  const all = [news("mail 1", "mail"), news("mail 2", "mail"), news("chat C1 1", "chat")];
  expect(unreadOf(all, new Set(["mail 1"]))).toEqual({ mail: 1, chat: 1 });
  expect(arrived(null, all)).toEqual([]);
  expect(arrived(all.slice(0, 2), all).map(({ id }) => id)).toEqual(["chat C1 1"]);
});
