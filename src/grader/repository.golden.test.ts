/** The grader's reader against real git, on repositories that real git made. */
import { execFileSync } from "node:child_process";
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Disk } from "../disk/disk.ts";
import { packedIds } from "./packIndex.ts";
import { Repository } from "./repository.ts";

const folder = mkdtempSync(join(tmpdir(), "golden-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = {
  PATH: process.env["PATH"] ?? "",
  HOME: folder,
  GIT_CONFIG_NOSYSTEM: "1",
  LC_ALL: "C",
  TZ: "UTC",
  GIT_AUTHOR_NAME: "Ada Ø",
  GIT_AUTHOR_EMAIL: "ada@tides.test",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@tides.test",
};
const bash = (cwd: string, script: string) =>
  execFileSync("bash", ["-ec", script], { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

/** Each makes another kind of repository in an empty folder. */
const REPOSITORIES: Readonly<Record<string, string>> = {
  loose:
    "git init -q -b main; echo a > a; echo b > b; git add .; git commit -qm one; git tag t; git tag -a v -m note; git branch other; echo c >> a; git stash -q; echo d > d; git add d",
  packed:
    "git init -q -b main; for i in 1 2 3 4 5; do seq 1 300 > f; echo $i >> f; git add .; git commit -qm c$i; done; git tag -a v -m note; git gc -q; echo new > new; git add new; git commit -qm loose-again; git pack-refs --all; git update-ref refs/heads/moved HEAD~1",
  reflogs:
    'git init -q -b main; for i in 1 2 3; do git commit -q --allow-empty -m "c $i"; done; git reset -q --hard HEAD~2; git switch -q -c x/y; git commit -q --allow-empty -m z; git switch -q main; git commit -q --amend --allow-empty -m amended; git branch -D x/y',
  conflict:
    "git init -q -b main; echo 1 > f; git add .; git commit -qm base; git switch -q -c side; echo 2 > f; git commit -qam side; git switch -q main; echo 3 > f; git commit -qam main; git merge side || true",
  index4:
    "git init -q -b main; mkdir -p a/long/path b; for i in 1 2 3 4 5 6 7 8 9; do echo $i > a/long/path/file-$i; echo $i > b/$i; done; git update-index --index-version 4; git add .; git commit -qm one; git add -N b/1; echo ü > 'ü b'; git add .",
  index3:
    "git init -q -b main; echo x > x; echo y > y; git add x; git add -N y; git commit -qm one; git update-index --skip-worktree x",
  modes:
    "git init -q -b main; echo x > x; chmod +x x; ln -s x link; mkdir d; printf 'a\\0b' > d/bin; git add .; git commit -qm one",
  odd: "git init -q -b main; git config i18n.commitEncoding ISO-8859-1; echo x > 'sp ace'; echo y > $'tab\\there'; git add .; printf 'm\\n\\nbody\\n' | git commit -q -F -; git checkout -q --detach; git notes add -m hello; git symbolic-ref refs/heads/sym refs/heads/main",
  worktree:
    "git init -q -b main main; cd main; echo x > x; git add .; git commit -qm one; git worktree add -q ../linked; cd ..; mv main/* .; mv main/.git real; echo 'gitdir: real' > .git; rmdir main; rm -rf linked; rm -rf real/worktrees",
  empty: "git init -q -b main",
};

interface Golden {
  readonly at: string;
  readonly repository: Repository;
}
const golden = new Map<string, Golden>();

beforeAll(() => {
  for (const [name, script] of Object.entries(REPOSITORIES)) {
    const at = join(folder, name);
    execFileSync("mkdir", [at]);
    bash(at, script);
    const disk = new Disk({ now: () => 0 });
    load(disk, at, "/r");
    const repository = Repository.at(disk, "/r", new Map());
    if (!repository) throw new Error(`${name}: no repository`);
    golden.set(name, { at, repository });
  }
}, 120_000);

function load(disk: Disk, from: string, to: string): void {
  disk.mkdir(to);
  for (const name of readdirSync(from)) {
    const path = join(from, name);
    const stat = lstatSync(path);
    if (stat.isDirectory()) load(disk, path, `${to}/${name}`);
    else if (stat.isSymbolicLink()) disk.symlink(readlinkSync(path), `${to}/${name}`);
    else disk.write(`${to}/${name}`, new Uint8Array(readFileSync(path)));
  }
}

const lines = (text: string) => text.split("\n").filter(Boolean);

describe.each(Object.keys(REPOSITORIES))("%s", (name) => {
  const it = () => golden.get(name) as Golden;

  test("every object, its type and its size", async () => {
    const { at, repository } = it();
    const ours = await Promise.all(
      repository.objectIds().map(async (id) => {
        const object = await repository.object(id);
        return `${id} ${object?.type} ${object?.bytes.length}`;
      }),
    );
    expect(ours).toEqual(lines(bash(at, "git cat-file --batch-all-objects --batch-check")));
  });

  test("every ref", () => {
    const { at, repository } = it();
    const ours = [...repository.refs()].map(([ref, id]) => `${id} ${ref}`);
    expect(ours).toEqual(lines(bash(at, "git for-each-ref --format='%(objectname) %(refname)'")));
  });

  test("HEAD", () => {
    const { at, repository } = it();
    expect(repository.resolve("HEAD") ?? "").toBe(bash(at, "git rev-parse -q --verify HEAD || true").trim());
    expect(repository.headBranch() ?? "").toBe(bash(at, "git symbolic-ref -q --short HEAD || true").trim());
  });

  test("the index", () => {
    const { at, repository } = it();
    const ours = repository
      .index()
      .map(({ mode, id, stage, path }) => `${mode.toString(8)} ${id} ${stage}\t${path}`);
    expect(ours).toEqual(bash(at, "git ls-files -s -z").split("\0").filter(Boolean));
  });

  test("every reflog", () => {
    const { at, repository } = it();
    const ours = repository.reflogs();
    const refs = ["HEAD", ...lines(bash(at, "git for-each-ref --format='%(refname)'"))];
    for (const ref of refs) {
      const real = lines(
        bash(at, `git reflog show --no-abbrev --format='%H %gs' ${ref} 2>/dev/null || true`),
      ).map((line) => line.trimEnd());
      if (ref === "refs/heads/sym" || (ref === "HEAD" && name === "empty")) continue;
      expect(
        ours.filter((entry) => entry.ref === ref).map(({ to, message }) => `${to} ${message}`.trimEnd()),
        ref,
      ).toEqual(ours.some((entry) => entry.ref === ref) ? real : []);
    }
  });

  test("commits and trees", async () => {
    const { at, repository } = it();
    const all = lines(bash(at, "git rev-list --all --reflog || true"));
    for (const id of all) {
      const commit = await repository.commit(id);
      const [tree, parents, author, time, subject] = bash(
        at,
        `git show -s --encoding=UTF-8 --format='%T%n%P%n%an%n%ct%n%s' ${id}`,
      ).split("\n");
      expect(commit?.tree).toBe(tree);
      expect(commit?.parents.join(" ")).toBe(parents);
      if (name !== "odd") expect(commit?.author).toBe(author);
      expect(commit?.committerTimeS).toBe(Number(time));
      expect(commit?.message.split("\n")[0]).toBe(subject);
      const files = [...(await repository.files(commit?.tree ?? ""))]
        .map(([path, entry]) => `${entry.mode} blob ${entry.id}\t${path}`)
        .sort();
      const real = bash(at, `git ls-tree -r -z ${id}`).split("\0").filter(Boolean).sort();
      expect(files).toEqual(real);
    }
  });

  test("what the refs lead to", async () => {
    const { at, repository } = it();
    const reached = await repository.closure(repository.refs().values());
    const real = lines(
      bash(
        at,
        "git for-each-ref --format='%(objectname)' | xargs -r git rev-list --objects --no-object-names",
      ),
    );
    const tags = lines(bash(at, "git for-each-ref --format='%(objectname)' refs"));
    expect([...reached].sort()).toEqual([...new Set([...real, ...tags])].sort());
  });
});

test("pack indexes: as many ids as git counts, and none in what is no index", () => {
  const { at } = golden.get("packed") as Golden;
  const packs = join(at, ".git/objects/pack");
  const [name] = readdirSync(packs).filter((file) => file.endsWith(".idx"));
  const bytes = new Uint8Array(readFileSync(join(packs, name as string)));
  const real = lines(bash(at, `git show-index < .git/objects/pack/${name}`)).map(
    (line) => line.split(" ")[1],
  );
  expect(packedIds(bytes)).toEqual(real);
  expect(packedIds(new Uint8Array(9))).toEqual([]);
  expect(packedIds(bytes.map((byte, i) => (i === 7 ? 9 : byte)))).toEqual([]);
  expect(packedIds(bytes.subarray(0, 1100)).every((id) => real.includes(id))).toBe(true);
});

test("damage is absence, not an exception", async () => {
  const disk = new Disk({ now: () => 0 });
  load(disk, (golden.get("loose") as Golden).at, "/r");
  const repository = Repository.at(disk, "/r", new Map()) as Repository;
  const [id] = repository.objectIds();
  disk.write(`/r/.git/objects/${id?.slice(0, 2)}/${id?.slice(2)}`, "garbage");
  disk.write("/r/.git/index", disk.read("/r/.git/index").subarray(0, 40));
  disk.write("/r/.git/refs/heads/broken", "garbage\n");
  expect(await repository.object(id as string)).toBeNull();
  expect(repository.index()).toEqual([]);
  expect(repository.refs().has("refs/heads/broken")).toBe(false);
  expect(Repository.at(disk, "/nowhere", new Map())).toBeNull();
});
