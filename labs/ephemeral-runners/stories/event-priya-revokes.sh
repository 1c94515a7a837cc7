# Priya ends the token for images; nothing else uses it.
curl -s -X POST https://api.forge.test/credentials/revoke -d "{\"credentials\":[\"$IMAGE_VALUE\"]}"
