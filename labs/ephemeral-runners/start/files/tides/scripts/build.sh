mkdir -p out
sort harbours.csv > out/harbours.csv
