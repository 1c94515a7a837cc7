import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { attemptText, line } from "../../report/submission.fixture.ts";
import { MAX_BYTES } from "../../report/submission.ts";
import { handIn, unpacked, type HandedIn } from "./handIn.ts";

const attempt = new TextEncoder().encode(attemptText([line("ls")]));
const summary = ({ submissions, refused, leftOut }: HandedIn) => ({
  read: submissions.map(({ path }) => path),
  refused: refused.map(({ path, code }) => `${path} ${code}`),
  leftOut,
});
const placed = (path: string, ...parts: BlobPart[]) => ({ path, file: new File(parts, path) });

test("attempts are read, other files are counted", async () => {
  const read = await handIn([
    placed("ada/x.attempt", attempt),
    placed("notes.txt", "hello"),
    placed("bad.attempt", "hello\n"),
  ]);
  expect(summary(read)).toEqual({ read: ["ada/x.attempt"], refused: ["bad.attempt damaged"], leftOut: 1 });
});

test("an archive: folders, other files, names that climb", () => {
  const bytes = zipSync({
    "class/ada/x.attempt": attempt,
    "class/readme.md": attempt,
    "../../up.attempt": attempt,
    "__MACOSX/class/ada/._x.attempt": attempt,
  });
  expect(summary(unpacked("class.zip", bytes))).toEqual({
    read: ["class/ada/x.attempt", "../../up.attempt"],
    refused: [],
    leftOut: 0,
  });
});

test("an archive that grows is not unpacked where it grows", () => {
  const bytes = zipSync({ "bomb.attempt": new Uint8Array(MAX_BYTES + 1), "x.attempt": attempt });
  expect(bytes.length).toBeLessThan(MAX_BYTES / 100);
  expect(summary(unpacked("a.zip", bytes))).toEqual({
    read: ["x.attempt"],
    refused: ["bomb.attempt too-large"],
    leftOut: 0,
  });
});

test("an archive that lies about sizes gives no more than it said", () => {
  const bytes = zipSync({ "x.attempt": new Uint8Array(1 << 20) });
  // The size of the only entry, in the central directory, four bytes at 24.
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 22;
  view.setUint32(view.getUint32(end + 16, true) + 24, 10, true);
  const { submissions, refused } = unpacked("a.zip", bytes);
  expect(submissions).toEqual([]);
  expect(refused.length).toBe(1);
});

test.each([
  ["noise", Uint8Array.from({ length: 1000 }, (_, i) => i % 251)],
  ["nothing", new Uint8Array()],
])("%s is no archive", (_, bytes) => {
  expect(summary(unpacked("a.zip", bytes)).refused).toEqual(["a.zip archive"]);
});
