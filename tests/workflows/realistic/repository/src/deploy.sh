#!/bin/bash
set -e
test -n "$1"
echo "deployed to $1"
