grep -q {{HARBOUR}} src/tides.js && echo "ok: {{HARBOUR}} has tides"
