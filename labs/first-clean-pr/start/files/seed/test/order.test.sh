# The hours are in order.
sh tides.sh > /tmp/tides && sort -c /tmp/tides && test -s /tmp/tides
