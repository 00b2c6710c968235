# shellcheck shell=bash
# Sourced by run, test and .ci/run: makes sure that what the build needs is there. Installs on Debian and its kin, and
# only what is missing; says what to do where it cannot. Knows nothing of what is built.

mdcd_packages="g++ cmake ninja-build pkg-config libz3-dev nlohmann-json3-dev doctest-dev libcli11-dev"
mdcd_packages="$mdcd_packages libboost-dev libsodium-dev libsqlite3-dev libssl-dev"

# What only continuous integration installs: other solvers, to which the queries for Z3 are put as well.
# shellcheck disable=SC2034 # for .ci/run and test
mdcd_solver_packages="cvc5 z3"

# The browser in which the explorer is tested.
mdcd_browser_packages="chromium fonts-dejavu-core"

# What looks at the code and at what is delivered: where they are missing, their tests are left out.
# shellcheck disable=SC2034
mdcd_review_packages="clang-format-14 clang-tidy-14 lintian"

# Prints those of the given packages that are not installed.
missing_packages() {
    for package in "$@"; do
        case "$(dpkg-query --show --showformat='${db:Status-Abbrev}' "$package" 2>/dev/null)" in
            ii*) ;;
            *) printf '%s ' "$package" ;;
        esac
    done
}

# install_missing [package...]: installs what is missing of what the build needs and of the packages named, as root or
# through sudo; exits with 69 (service unavailable) where it cannot.
install_missing() {
    command -v dpkg-query >/dev/null || return 0 # not Debian: CMake says what it does not find
    # shellcheck disable=SC2086 # a list of words
    missing=$(missing_packages $mdcd_packages "$@")
    [ -n "$missing" ] || return 0
    echo "Installing: $missing"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo"
        if ! command -v sudo >/dev/null; then
            echo "Cannot install without root or sudo. As root:  apt-get install $missing" >&2
            exit 69
        fi
    fi
    # shellcheck disable=SC2086
    if ! { $as_root apt-get update -qq &&
           $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } \
           >/dev/null; then
        echo "apt-get failed (its messages are above). By hand:  apt-get install $missing" >&2
        exit 69
    fi
}

# install_wanted package...: as above, but goes on without what cannot be installed.
install_wanted() {
    (install_missing "$@") || echo "Going on without: $*" >&2
}

# build_preset PRESET [target...]: configures and builds all, or the targets named. CMake's errors go to stderr.
build_preset() {
    preset=$1
    shift
    cmake --preset "$preset" >/dev/null
    if [ $# -eq 0 ]; then
        cmake --build --preset "$preset" --parallel "$(nproc)"
    else
        cmake --build --preset "$preset" --parallel "$(nproc)" --target "$@"
    fi
}

# For a log: a line on standard error for each tenth of a build of more than a few steps.
tell_of_tenths() {
    told=-1
    while IFS= read -r line; do
        case "$line" in "["*/*"]"*) ;; *) continue ;; esac
        step=${line#[}
        step=${step%%/*}
        steps=${line#*/}
        steps=${steps%%]*}
        [ "$steps" -gt 9 ] && [ $((10 * step / steps)) -gt "$told" ] || continue
        [ "$told" -ge 0 ] || echo "Building: $steps steps, several minutes where nothing is cached" >&2
        told=$((10 * step / steps))
        [ "$told" -eq 0 ] || echo "Building: step $step of $steps" >&2
    done
}

# build_quietly PRESET [target...]: the same, but on a terminal in one line that shows how far it is, in a log in a line
# for each tenth, and without what the compiler says unless it fails. Needs pipefail.
build_quietly() {
    log=$(mktemp)
    status=0
    if [ -t 1 ]; then
        build_preset "$@" 2>&1 | tee "$log" | while IFS= read -r line; do
            case "$line" in "["*/*"]"*) printf '\r\033[KBuilding %s' "${line%%]*}]" ;; esac
        done || status=$?
        printf '\r\033[K'
    else
        build_preset "$@" 2>&1 | tee "$log" | tell_of_tenths || status=$?
    fi
    [ "$status" -eq 0 ] || cat "$log" >&2
    rm -f "$log"
    return "$status"
}
