# Each line of the list is a name, a latitude and a range in metres.
if grep -vnE '^[A-Z][A-Za-z ]+,[0-9]+\.[0-9],[0-9]\.[0-9]$' harbours.csv; then
  echo "These lines cannot be right."
  exit 1
fi
echo "$(wc -l < harbours.csv) harbours, all well"
