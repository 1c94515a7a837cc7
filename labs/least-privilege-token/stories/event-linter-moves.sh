gh api -X PATCH repos/sam/harbour-lint/git/refs/tags/v1 -f sha="$(cat ~/next)" -F force=true
