# expect: W2
# Nobody can read it any more.
sleep 235
gh repo edit --visibility private --accept-visibility-change-consequences
