#!/bin/bash
# The two steps of action.yml: `install` puts a package of mdcd onto a machine with apt, `gate` runs a gate and says what
# came out of it. All that a user sets comes in variables; nothing of it is ever read as a part of this script.
set -euo pipefail

# wrong WHAT: a mistake of the workflow's author, shown beside the job.
wrong() {
    echo "::error title=mdcd::$1"
    exit 64
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

apt_install() {
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# download URL FILE
download() {
    command -v curl >/dev/null || apt_install ca-certificates curl # an image may have neither
    curl --fail --silent --show-error --location --proto '=https' --proto-redir '=https' --retry 3 --output "$2" "$1"
}

install_package() {
    local package=$MDCD_PACKAGE folder
    if [ -z "$package" ]; then
        [ -n "$MDCD_VERSION" ] || wrong "give 'package' (a file or an address) or 'version'"
        package=$GITHUB_SERVER_URL/$MDCD_REPOSITORY/releases/download/v$MDCD_VERSION
        package=$package/mdcd_${MDCD_VERSION}_$(dpkg --print-architecture).deb
    fi
    folder=$(mktemp -d)
    case "$package" in
        https://*) download "$package" "$folder/mdcd.deb" ;;
        *://*) wrong "the package is taken from a file or over https, not from $package" ;;
        *)
            [ -f "$package" ] || wrong "there is no file $package"
            cp -- "$package" "$folder/mdcd.deb"
            ;;
    esac
    if [ -n "$MDCD_SHA256" ]; then
        echo "$MDCD_SHA256  $folder/mdcd.deb" | sha256sum --check --strict --quiet ||
            wrong "$package is not what 'sha256' says"
    fi
    chmod -R a+rX "$folder" # apt reads it as a user of its own
    apt_install "$folder/mdcd.deb"
    rm -r "$folder"
    mdcd --version
}

run_gate() {
    local code=0 options=() parts=()
    local reports=(--github --junit "$MDCD_JUNIT" --sarif "$MDCD_SARIF" --trace-dir "$MDCD_TRACES")
    read -r -a options <<<"$MDCD_OPTIONS"
    if [ -n "$MDCD_MERGE" ]; then
        # shellcheck disable=SC2206 # patterns of files
        parts=($MDCD_MERGE)
        mdcd gate merge "${reports[@]}" ${options[@]+"${options[@]}"} -- "$MDCD_GATE" "${parts[@]}" || code=$?
    else
        mdcd gate "${reports[@]}" --cache "$MDCD_CACHE" ${options[@]+"${options[@]}"} -- "$MDCD_GATE" || code=$?
    fi
    printf '%s=%s\n' exit-code "$code" junit "$MDCD_JUNIT" sarif "$MDCD_SARIF" traces "$MDCD_TRACES" >>"$GITHUB_OUTPUT"
    return "$code"
}

case "${1:-}" in
    install) install_package ;;
    gate) run_gate ;;
    *) wrong "action.sh: install or gate" ;;
esac
