#!/bin/bash
# Prints whether the tide is high at an hour.
tide() {
  if [ "$1" -lt 6 ]; then echo high; else echo low; fi
}
