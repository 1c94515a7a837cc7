# Teo finishes something and pushes it. Where the forge refuses, he leaves it for later.
cd tides || exit
echo "export const moon = \"$PORT\";" > src/moon.js
git add src && git commit -q -m "Add the moon over $PORT"
git push -q
