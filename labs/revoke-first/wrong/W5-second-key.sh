# expect: W5
# A new key for the sandbox.
sleep 235
aws iam create-access-key --user-name ci-sandbox > ~/new
