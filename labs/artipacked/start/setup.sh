# Runs before the lab begins. The first runs kept a further token, in a file with a dot; later ones no longer do.
registry-user lantern-ci learner
cd tides
git init -q -b main
git remote add origin https://forge.test/lantern-tides/tides.git
build=.github/workflows/build.yml
cp $build /tmp/build.yml
sed -i "s|          NPM_TOKEN: .*|&\n          TRIAL: \${{ secrets.${FURTHER}_TOKEN }}|; s|          sh build.sh|          echo \"${FURTHER}_TOKEN=\$TRIAL\" > $FILE\n&|" $build
git add . && git commit -q -m "Build, and keep everything to be safe"
gh secret set NPM_TOKEN --body "$NPM_VALUE"
gh secret set DOCS_TOKEN --body "$DOCS_VALUE"
gh secret set NIGHTLY_TOKEN --body "$NIGHTLY_VALUE"
git push -q -u origin main
run-number lantern-tides/tides build.yml "$FIRST"
sleep 60
rules on lantern-tides/tides
for n in 1 2 3 4; do
  if [ "$n" = "$(( KEPT + 1 ))" ]; then
    mv /tmp/build.yml $build
    git commit -q -a -m "The trial is over" && git push -q
  else
    gh workflow run build.yml
  fi
  sleep "$PAUSE"
done
as mina 'gh api "repos/lantern-tides/tides/actions/artifacts?per_page=100" --jq ".artifacts | sort_by(.id)[] | \"\(.id) \(.workflow_run.id)\"" > artifacts'
cd
