/** just-bash and just-git as published, a repository of the lab's size, and one `git status`. */
import { Bash } from "just-bash/browser";
import { createGit } from "just-git";

const SETUP = `
git init
mkdir -p config src test
for file in README.md CONTRIBUTING.md package.json .gitignore .env.example config/database.js src/tide.js test/tide.test.js; do
  echo "$file of the tide tables" > $file
done
git add . && git commit -m "Tide tables for the northern harbours"
echo 3.0.4 > VERSION && git add VERSION && git commit -m "Release 3.0.4"
git branch feat/harbour-codes && git checkout feat/harbour-codes
echo '{"NOBGO": "Bergen"}' > config/harbours.json && git add . && git commit -m "Add harbour code table"
echo "export const name = 1" > src/codes.js && git add . && git commit -m "Load harbour codes"
echo "test" > test/codes.test.js && git add . && git commit -m "Add tests"
echo "more" >> src/codes.js && git stash
echo "PGAPPNAME=tides" > .env.bak && git add .env.bak
`;

const git = createGit({ identity: { name: "New Contributor", email: "learner@lantern-tides.test" } });
const bash = new Bash({ cwd: "/repo", customCommands: [git] });
const made = await bash.exec(`set -e${SETUP}`);
const { stdout, stderr } = await bash.exec("git status");
postMessage(made.exitCode === 0 ? stdout + stderr : made.stderr);
