# Every height has a unit.
sh tides.sh > /tmp/tides && ! grep -v ' m$' /tmp/tides
