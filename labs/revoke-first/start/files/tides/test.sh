[ -f {{FILE}} ] && . ./{{FILE}}
echo "region ${REGION:-none}: all well"
