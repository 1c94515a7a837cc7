# How long a table takes: one line of JSON.
npm run -s build
printf '{"commit": "%s", "ms": %s}\n' "$COMMIT" "$(wc -c < dist/tides.js)"
