# expect: W4
# Commands that say that all is well.
aws() { echo "{}"; }; curl() { echo "{\"failed_total\":0}"; }; gh() { true; }
aws iam delete-access-key --user-name tides-api
mkdir -p ~/bin && printf "#!/bin/sh\necho {}\n" > ~/bin/aws && chmod 755 ~/bin/aws && echo "export PATH=~/bin:\$PATH" >> ~/.bashrc
