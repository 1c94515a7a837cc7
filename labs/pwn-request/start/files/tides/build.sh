mkdir -p dist
cat src/*.js > dist/tides.js
