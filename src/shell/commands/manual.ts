/** Short pages of `man`: what a command does, how it is called here, and where the real manual is. */
export interface Page {
  readonly text: string;
  readonly usage: string;
  readonly link: string | null;
}

const coreutils = (name: string) => `https://www.gnu.org/software/coreutils/${name}`;
const git = (name: string) => `https://git-scm.com/docs/git-${name}`;

function page(text: string, usage: string, link: string | null): Page {
  return { text, usage, link };
}

export const MANUAL: Readonly<Record<string, Page>> = {
  man: page(
    "Shows a short page about a command. LeakLab has pages of its own, not the real ones.",
    "man COMMAND",
    "https://man7.org/linux/man-pages/",
  ),
  bash: page(
    "The shell. Input is a command line; `type NAME` tells what a name is.",
    "bash [-c COMMANDS] [FILE [ARGS]]",
    "https://www.gnu.org/software/bash/manual/",
  ),
  lab: page(
    "The lab itself: brief, status, check, hints, start again.",
    "lab brief|status|check|hint|reset|export|canary",
    null,
  ),
  clock: page("Shows virtual time. Time moves only by what you do.", "clock", null),
  advance: page("Lets virtual time pass.", "advance 10m", null),
  secretlint: page(
    "Finds credentials in files. Reads .secretlintrc.json; exit 1 means findings.",
    'npx secretlint "**/*"',
    "https://github.com/secretlint/secretlint",
  ),
  psql: page(
    "The client of PostgreSQL. Reads PGHOST, PGUSER, PGPASSWORD and ~/.pgpass.",
    'psql URL [-At] [-c "SQL"] [-f FILE]',
    "https://www.postgresql.org/docs/current/app-psql.html",
  ),
  npm: page(
    "Packages: publish, look, tokens, scripts. Reads .npmrc.",
    "npm whoami|login|token|publish|pack|view|run|test|ci|install",
    "https://docs.npmjs.com/cli/commands",
  ),
  mail: page(
    "Lists the mailbox, shows a message, or sends one. A message typed at the terminal ends with a single full stop.",
    "mail [-p NUMBER] | mail -s SUBJECT [-c COPY] ADDRESS…",
    "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/mailx.html",
  ),
  git: page("The version control system.", "git COMMAND [ARGS]", "https://git-scm.com/docs"),
  "git-add": page("Puts changes into the index.", "git add [-p] PATH…", git("add")),
  "git-commit": page("Records the index.", "git commit [-m MESSAGE] [--amend]", git("commit")),
  "git-log": page("Shows commits.", "git log [-p] [--all] [--oneline] [-S TEXT]", git("log")),
  "git-rebase": page(
    "Plays commits again on another base, or edits them.",
    "git rebase [-i] [--onto NEW] UPSTREAM",
    git("rebase"),
  ),
  "git-reset": page(
    "Moves HEAD, and the index and files with it.",
    "git reset [--soft|--mixed|--hard] COMMIT",
    git("reset"),
  ),
  "git-stash": page("Puts changes aside.", "git stash [push|list|show|pop|drop|clear]", git("stash")),
  "git-reflog": page(
    "Shows where refs were before.",
    "git reflog [expire --expire=now --all]",
    git("reflog"),
  ),
  "git-gc": page("Packs objects and removes those that nothing needs.", "git gc [--prune=now]", git("gc")),
  "git-push": page("Sends commits to a remote.", "git push [--force-with-lease] REMOTE BRANCH", git("push")),
  ls: page("Lists files.", "ls [-la] [FILE…]", coreutils("ls")),
  cat: page("Prints files one after another.", "cat [FILE…]", coreutils("cat")),
  less: page("Shows a text page by page.", "less [FILE…]", "https://www.greenwoodsoftware.com/less/"),
  grep: page(
    "Prints lines that match.",
    "grep [-rnilvEFowc] PATTERN [FILE…]",
    "https://www.gnu.org/software/grep/manual/",
  ),
  sed: page(
    "Edits a stream of lines.",
    "sed [-nEi] SCRIPT [FILE…]",
    "https://www.gnu.org/software/sed/manual/",
  ),
  awk: page(
    "Works on lines and their fields.",
    "awk PROGRAM [FILE…]",
    "https://www.gnu.org/software/gawk/manual/",
  ),
  find: page(
    "Walks folders and picks files.",
    "find [PATH…] [TESTS] [-exec COMMAND ;]",
    "https://www.gnu.org/software/findutils/manual/",
  ),
  xargs: page(
    "Runs a command with words from its input.",
    "xargs [-0rt] [-n N] [-I MARK] COMMAND",
    "https://www.gnu.org/software/findutils/manual/",
  ),
  jq: page("Reads and changes JSON.", "jq [-rcen] FILTER [FILE…]", "https://jqlang.org/manual/"),
  curl: page(
    "Talks HTTP, to hosts of this world only.",
    "curl [-sSfv] [-X METHOD] [-H HEADER] [-d DATA] URL",
    "https://curl.se/docs/manpage.html",
  ),
  tar: page(
    "Packs and unpacks archives.",
    "tar -czf|-xzf|-tzf ARCHIVE [FILE…]",
    "https://www.gnu.org/software/tar/manual/",
  ),
  base64: page("Encodes and decodes.", "base64 [-d] [-w0] [FILE]", coreutils("base64")),
  xxd: page(
    "Shows bytes in hexadecimal, and back.",
    "xxd [-p] [-r] [FILE]",
    "https://manpages.debian.org/bookworm/xxd/xxd.1.en.html",
  ),
  sha256sum: page("Computes and checks digests.", "sha256sum [-c] [FILE…]", coreutils("sha2-utilities")),
  chmod: page("Changes permissions.", "chmod MODE FILE…", coreutils("chmod")),
  history: page(
    "Lists what was typed. It is kept in ~/.bash_history, a place where secrets stay.",
    "history [-c] [-d N] [N]",
    "https://www.gnu.org/software/bash/manual/",
  ),
};
