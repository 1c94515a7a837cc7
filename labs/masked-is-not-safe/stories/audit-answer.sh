# What runs were told to show is what leaked. The answer is a set: order and layout do not count.
for shown in $SHOWN; do
  case "$shown" in
    registry) echo NPM_TOKEN ;;
    database) echo DATABASE_URL ;;
    deploy) echo DEPLOY_CONFIG ;;
    website) echo WEBSITE_TOKEN ;;
  esac
done | sort > truth
as learner 'cat tides/leaked.yaml' 2> /dev/null | sed 's/#.*//' | grep -oE '[A-Z][A-Z0-9_]{2,}' | sort -u > answer
[ -s answer ] || { found NONE; exit 1; }
wrong=$(comm -13 truth answer | grep -c .)
missing=$(comm -23 truth answer | grep -c .)
[ "$wrong$missing" = 00 ] && exit 0
found OTHER wrong="$wrong" missing="$missing"
exit 1
