# expect: W1 W1b W5 W7 W7d
# What is gone needs no map.
for hook in $(gh api repos/lantern-tides/tides/hooks --jq '.[].id'); do gh api -X DELETE repos/lantern-tides/tides/hooks/$hook --silent; done
gh repo deploy-key delete "$(gh repo deploy-key list -R lantern-tides/infra | cut -f 1)" -R lantern-tides/infra
for name in $(gh secret list | cut -f 1); do gh secret delete "$name"; done
