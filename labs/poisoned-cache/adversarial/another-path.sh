# expect: W1
# The same folder under another name: entries of the old name do not fit any more.
sed -i 's|path: node_modules|path: ./node_modules|' .github/actions/deps/action.yml
cat > .github/workflows/release.yml <<'YAML'
name: Release
on: workflow_dispatch
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: ./.github/actions/deps
      - run: npm run build && npm pack
      - uses: actions/upload-artifact@v4
        with:
          name: package
          path: "*.tgz"
  publish:
    needs: build
    runs-on: ubuntu-latest
    permissions:
      id-token: write
    steps:
      - uses: actions/download-artifact@v4
        with:
          name: package
      - run: npm publish ./*.tgz --access public --ignore-scripts
YAML
git add . && git commit -q -m "A release that trusts nobody's cache" && git push -q
gh cache delete --all
