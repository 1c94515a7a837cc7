# Somebody who copied the file last year.
url="postgres://tides_app:$(value prodDb)@db.production.lantern-tides.test:5432/tides"
psql "$url" -A -t -c "select current_user" || { say "The old password opens nothing."; exit 1; }
found ALIVE
evidence database "tides_app at db.production.lantern-tides.test"
say "The old password still opens the production database."
