gh secret set PULLS_TOKEN --repo lantern-tides/tides -b "$LABELS_VALUE"
echo "The secret PULLS_TOKEN is in tides now: pull requests of that one repository, nothing else." | mail -s "A narrow token" learner
