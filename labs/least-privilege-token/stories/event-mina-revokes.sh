gh api -X POST credentials/revoke -f "credentials[]=$PAT_VALUE"
echo "I made that token years ago. It is revoked now." | mail -s "My old token" learner
