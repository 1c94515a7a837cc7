count=$(GH_TOKEN="$PAT_VALUE" gh api user/repos --jq length 2> /dev/null) || exit 0
found ALIVE count="$count"
exit 1
