# Teo goes on in the clone that he has, unless he was asked to hold.
[ -e held ] && exit
cd tides || exit
git pull -q --no-rebase --no-edit && git push -q
