# Everything that can be downloaded or read: tokens of the registry, and tokens of jobs.
trace every ci.artifacts ci.caches ci.logs ci.summaries releases > copies
[ -s copies ] || exit 0
while IFS=$'\t' read -r surface place id rest; do evidence "$surface" "$place"; done < copies
IFS=$'\t' read -r surface place id rest < copies
kind="registry token"
case "$id" in job-*) kind="job token" ;; esac
found LEFT kind="$kind" place="${place%:*}" count="$(cut -f 1,2 copies | sort -u | wc -l)"
exit 1
