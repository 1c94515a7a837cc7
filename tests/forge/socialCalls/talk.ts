/** Issues, labels, comments. */
import { expect } from "vitest";
import { has, ID, ids, message, REPO, wrongField, type Row } from "./setting.ts";

const FIRST = { ...REPO, issue_number: 1 };
const comment = () => ({ ...REPO, comment_id: ids["comment"] as number });
const names = (...list: string[]) => list.map((name) => has({ name }));

export const talkCalls: readonly Row[] = [
  [
    "an issue without a title",
    "aya",
    (o) => o.rest.issues.create({ ...REPO, title: " " }),
    422,
    wrongField("title", "missing_field"),
  ],
  [
    "an issue by anybody",
    "aya",
    (o) => o.rest.issues.create({ ...REPO, title: "The tide is late", body: "see @priya", labels: ["bug"] }),
    201,
    has({ number: 1, state: "open", labels: [], user: has({ login: "aya" }), author_association: "NONE" }),
  ],
  ["by nobody", "nobody", (o) => o.rest.issues.create({ ...REPO, title: "x" }), 401],
  [
    "with a token that only reads",
    "narrow",
    (o) => o.rest.issues.create({ ...REPO, title: "x" }),
    403,
    message("personal access token"),
  ],
  [
    "by a job without the permission",
    "job",
    (o) => o.rest.issues.createComment({ ...FIRST, body: "x" }),
    403,
  ],
  [
    "by somebody who may write",
    "teo",
    (o) =>
      o.rest.issues.create({
        ...REPO,
        title: "Second",
        labels: ["bug", "new one"],
        assignees: ["priya", "nobody-here"],
      }),
    201,
    has({ number: 2, labels: names("bug", "new one"), assignees: [has({ login: "priya" })] }),
  ],
  [
    "open ones, newest first",
    "nobody",
    (o) => o.rest.issues.listForRepo(REPO),
    200,
    [has({ number: 2 }), has({ number: 1 })],
  ],
  [
    "by label",
    "nobody",
    (o) => o.rest.issues.listForRepo({ ...REPO, labels: "bug" }),
    200,
    [has({ number: 2 })],
  ],
  ["one", "narrow", (o) => o.rest.issues.get(FIRST), 200, has({ title: "The tide is late" })],
  ["none", "teo", (o) => o.rest.issues.get({ ...REPO, issue_number: 99 }), 404],
  [
    "labels",
    "nobody",
    (o) => o.rest.issues.listLabelsForRepo({ ...REPO, per_page: 2 }),
    200,
    names("bug", "documentation"),
  ],
  [
    "a label of a wrong colour",
    "teo",
    (o) => o.rest.issues.createLabel({ ...REPO, name: "x", color: "red" }),
    422,
    wrongField("color", "invalid"),
  ],
  [
    "a label",
    "teo",
    (o) => o.rest.issues.createLabel({ ...REPO, name: "deploy", color: "00ff00" }),
    201,
    has({ name: "deploy", default: false }),
  ],
  [
    "label an issue",
    "teo",
    (o) => o.rest.issues.addLabels({ ...FIRST, labels: ["deploy", "bug"] }),
    200,
    names("deploy", "bug"),
  ],
  ["label it as its author", "aya", (o) => o.rest.issues.addLabels({ ...FIRST, labels: ["deploy"] }), 403],
  [
    "take a label off",
    "teo",
    (o) => o.rest.issues.removeLabel({ ...FIRST, name: "bug" }),
    200,
    names("deploy"),
  ],
  [
    "a comment",
    "aya",
    (o) => keep("comment", o.rest.issues.createComment({ ...FIRST, body: "my key is 12345" })),
    201,
    has({ body: "my key is 12345", author_association: "NONE" }),
  ],
  [
    "an empty comment",
    "aya",
    (o) => o.rest.issues.createComment({ ...FIRST, body: "" }),
    422,
    wrongField("body", "missing_field"),
  ],
  ["edit somebody else's", "sam", (o) => o.rest.issues.updateComment({ ...comment(), body: "x" }), 403],
  [
    "edit",
    "aya",
    (o) => o.rest.issues.updateComment({ ...comment(), body: "my key is gone" }),
    200,
    has({ body: "my key is gone" }),
  ],
  [
    "what it said is one click away",
    "nobody",
    (o) => o.request(`GET /${ID}/user_content_edits/comments/${ids["comment"]}`),
    200,
    [has({ number: 1, body: "my key is 12345" }), has({ number: 2, body: "my key is gone" })],
  ],
  [
    "forget it, as a stranger",
    "sam",
    (o) => o.request(`DELETE /${ID}/user_content_edits/comments/${ids["comment"]}/1`),
    403,
  ],
  [
    "forget it",
    "aya",
    (o) => o.request(`DELETE /${ID}/user_content_edits/comments/${ids["comment"]}/1`),
    204,
  ],
  [
    "what it says now is no history",
    "aya",
    (o) => o.request(`DELETE /${ID}/user_content_edits/comments/${ids["comment"]}/2`),
    404,
  ],
  [
    "forgotten",
    "nobody",
    (o) => o.request(`GET /${ID}/user_content_edits/comments/${ids["comment"]}`),
    200,
    [has({ number: 1, body: null, deleted_by: has({ login: "aya" }) }), has({ number: 2 })],
  ],
  ["comments", "nobody", (o) => o.rest.issues.listComments(FIRST), 200, [has({ body: "my key is gone" })]],
  [
    "a new title",
    "aya",
    (o) => o.rest.issues.update({ ...FIRST, title: "The tide was late" }),
    200,
    has({ title: "The tide was late" }),
  ],
  [
    "the old one in the timeline",
    "nobody",
    (o) => o.rest.issues.listEvents(FIRST),
    200,
    expect.arrayContaining([
      has({ event: "renamed", rename: { from: "The tide is late", to: "The tide was late" } }),
    ]),
  ],
  ["close somebody else's", "sam", (o) => o.rest.issues.update({ ...FIRST, state: "closed" }), 403],
  [
    "a state that there is not",
    "aya",
    (o) => o.rest.issues.update({ ...FIRST, state: "gone" as "open" }),
    422,
    wrongField("state", "invalid"),
  ],
  [
    "close",
    "aya",
    (o) => o.rest.issues.update({ ...FIRST, state: "closed", state_reason: "not_planned" }),
    200,
    has({ state: "closed", state_reason: "not_planned", closed_by: has({ login: "aya" }) }),
  ],
  [
    "reopen",
    "teo",
    (o) => o.rest.issues.update({ ...FIRST, state: "open" }),
    200,
    has({ state: "open", closed_at: null }),
  ],
  ["lock", "teo", (o) => o.rest.issues.lock({ ...FIRST, lock_reason: "resolved" }), 204],
  [
    "no word more from outside",
    "aya",
    (o) => o.rest.issues.createComment({ ...FIRST, body: "x" }),
    403,
    message("locked"),
  ],
  ["delete a comment", "teo", (o) => o.rest.issues.deleteComment(comment()), 204],
  [
    "and its history",
    "teo",
    (o) => o.request(`GET /${ID}/user_content_edits/comments/${ids["comment"]}`),
    404,
  ],
  [
    "search",
    "nobody",
    (o) => o.request("GET /search/issues", { q: `repo:${ID} is:issue tide` }),
    200,
    has({ total_count: 1, items: [has({ number: 1 })] }),
  ],
  ["delete an issue without the right", "teo", (o) => o.request(`DELETE /${ID}/issues/2`), 403],
  ["delete an issue", "mina", (o) => o.request(`DELETE /${ID}/issues/2`), 204],
  ["it is gone", "mina", (o) => o.rest.issues.get({ ...REPO, issue_number: 2 }), 404],
];

async function keep(name: string, promise: Promise<{ data: { id: number } }>) {
  const answer = await promise;
  ids[name] = answer.data.id;
  return answer;
}
