#!/bin/bash
# clang-tidy over every source outside of tests/, a folder at a time as one compilation: the headers cost most. Prints
# what it finds; exits with 1 if that is anything.
# Usage: tests/house/tidy.sh CLANG_TIDY BUILD_FOLDER
set -euo pipefail
tidy=$1
build=$(cd "$2" && pwd)
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

found=0
# look NAME FILE..: looks at the files as one.
look() {
    local unit=$scratch/$1.cpp
    shift
    printf "#include \"$PWD/%s\"\n" "$@" >"$unit"
    "$tidy" --config-file=.clang-tidy --quiet "$unit" -- -std=c++20 -I. -I"$build/generated" \
        -I"$build/generated/forward" -DMDCD_HAS_RUNTIME 2>/dev/null | grep -E '(warning|error):' && found=1
    return 0
}

folders=$(git ls-files 'impl/*.cpp' 'checker/*.cpp' 'traces/*.cpp' 'model/*.cpp' | xargs -n1 dirname | sort -u)
[ -n "$folders" ] || { echo "no sources here"; exit 1; }
for folder in $folders; do
    name=$(echo "$folder" | tr / _)
    case $folder in
    # Programs, and what names things alike in several files (the build compiles these one by one, too).
    checker/cli | checker/cli/explore | checker/actors/examples | model/proof | model/z3)
        for file in "$folder"/*.cpp; do look "$name" "$file"; done ;;
    *) look "$name" "$folder"/*.cpp ;;
    esac
done
exit $found
