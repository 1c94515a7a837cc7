# Everything that can be downloaded or read: tokens of the registry, and tokens of jobs.
trace every ci.artifacts ci.caches ci.logs ci.summaries releases > copies
[ -s copies ] || exit 0
# Once for each download: its name, or the log and its line.
cut -f 1,2 copies | sed -E 's/(artifact .* of run [0-9]+).*/\1/' | sort -u > downloads
while IFS=$'\t' read -r surface place; do evidence "$surface" "$place"; done < downloads
IFS=$'\t' read -r surface place id rest < copies
kind="registry token"
case "$id" in job-*) kind="job token" ;; esac
found LEFT kind="$kind" place="${place%:*}" count="$(grep -c . downloads)"
exit 1
