# Reads the fixture as scripts/key.sh reads keys of buoys: its first bytes say how long it is.
set -e
key=$(bash scripts/key.sh test/fixtures/rsa-test.pem)
[ "${key:0:4}" = 3082 ]
length=0x${key:4:4}
[ $((length * 2 + 8)) -eq ${#key} ]
echo "key: ok"
