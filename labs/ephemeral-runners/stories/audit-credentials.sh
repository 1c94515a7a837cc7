# What the process could read: the file on the disk, and what jobs have used since it runs.
fine=true
for service in api web docs; do
  case " $BEFORE " in *" $service "*) continue ;; esac
  credential "${service}Key" > record
  [ "$(jq -r .works record)" = true ] || continue
  fine=false
  evidence --of SEEN runner.disk "harbor-1: /proc/*/environ"
  found SEEN service="tides-$service" date="$(jq -r '.uses[0].atMs / 1000 | todate[:10]' record)"
done
if [ "$(credential imageToken | jq -r .works)" = true ]; then
  fine=false
  evidence --of ON-DISK runner.disk "harbor-1: .docker/config.json"
  found ON-DISK
fi
$fine
