# Prints the tides of a day: the hour, and the height in metres.
url=${DATABASE_URL:-$(jq -r .databaseUrl config/dev.json)}
[ -n "$url" ] || { echo "no database: set DATABASE_URL" >&2; exit 1; }
psql "$url" -w -At -F ' ' -c "select hour, cm from tides order by hour" |
  awk '{ printf "%02d:00 %.1f m\n", $1, int($2 / 10) / 10 }'
