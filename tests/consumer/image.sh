#!/bin/bash
# Carries out the Dockerfile where no container engine is, in a folder that holds a Debian 12: its COPY and RUN one
# after the other, then its entry point as its user, in its working folder, where VOLUME lies. As root; apt needs the
# network.
#   debootstrap --variant=minbase bookworm ROOT
#   tests/consumer/image.sh ROOT CONTEXT VOLUME ARGUMENT..
set -euo pipefail
root=$1 context=$2 volume=$3
shift 3
dockerfile=$(dirname "$0")/../../Dockerfile
user=root folder=/ entry=

inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }

cp /etc/resolv.conf "$root/etc/resolv.conf"
while read -r instruction words; do
    case "$instruction" in
        FROM) grep -q "^VERSION_ID=\"12\"" "$root/etc/os-release" ;;
        COPY)
            read -r from to <<<"$words"
            mkdir -p "$root$to"
            # shellcheck disable=SC2086 # a pattern
            cp -- "$context"/$from "$root$to"
            ;;
        RUN) inside sh -c "$words" ;;
        WORKDIR) folder=$words && mkdir -p "$root$folder" ;;
        USER) user=$words ;;
        ENTRYPOINT) entry=$(tr -d '[]", ' <<<"$words") ;;
        "#" | "") ;;
        *) echo "image.sh does not know $instruction" >&2 && exit 1 ;;
    esac
done < <(sed -e ':again' -e '/\\$/{N;s/\\\n */ /;b again' -e '}' "$dockerfile")

mount --bind "$volume" "$root$folder"
trap 'umount "$root$folder"' EXIT
code=0
chroot --userspec="$user" "$root" /usr/bin/env -i --chdir="$folder" PATH=/usr/bin:/bin "$entry" "$@" || code=$?
exit "$code"
