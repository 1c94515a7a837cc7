#!/bin/bash
# Prints the name of the harbour.
harbour() {
  echo "harbour of ${1:-nowhere}"
}
