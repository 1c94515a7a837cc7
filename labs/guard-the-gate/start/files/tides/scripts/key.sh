# The bytes of a PEM file in hexadecimal, without the lines around them.
sed -n '/^-----BEGIN/,/^-----END/p' "$1" | grep -v -e ----- | base64 -d | xxd -p | tr -d '\n'
