#!/usr/bin/env bash
# Installs what the build and the program need: Debian packages and the ONNX Runtime library in runtime/. With the word
# "tools" instead: what the checks need besides, the spelling checker in .tools/ and nowhere else.
# May be called as often as one likes: it looks first, and a call that finds everything changes nothing and asks no network.
# Exit code: 0 everything is there, 1 something is missing (the last line says what to do).
#
# Pinning: the runtime library is pinned by checksum (models/manifest.toml, scripts/runtime-requirements.txt), the spelling
# checker likewise (scripts/dev-requirements.txt), the crates by Cargo.lock. Debian packages are pinned by release, not by
# version: a point release removes the version before it from the archive, so "package=version" would stop installing within
# months. Another release than bookworm gets a warning.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packages=(
    # building: linker and C headers; libclang for the camera library's bindings
    gcc libc6-dev pkg-config libclang-dev
    # running: video files; the C++ library that ONNX Runtime is linked to
    ffmpeg libstdc++6
    # the window
    libgl1 libegl1 libgl1-mesa-dri libxkbcommon0 libxkbcommon-x11-0 libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2
    libwayland-client0 libwayland-egl1
    # the tests: a display, a look at system calls, another reader of CSV and of the database
    xvfb xauth strace python3
)
manifest=models/manifest.toml
requirements=scripts/runtime-requirements.txt
tool_requirements=scripts/dev-requirements.txt

warn() { printf 'setup: %s\n' "$*" >&2; }
fail() { warn "$@"; exit 1; }

# runtime_entry KEY: a value of this machine's [[runtime.library]] table in the manifest; nothing if it has none.
runtime_entry() {
    awk -F ' *= *' -v arch="$(uname -m)" -v key="$1" '
        /^\[/ { here = ($0 == "[[runtime.library]]"); mine = 0 }
        here { gsub(/"/, "", $2) }
        here && $1 == "arch" { mine = ($2 == arch) }
        mine && $1 == key { print $2 }' "$manifest"
}

has_sha256() { # FILE SUM
    [ -f "$1" ] && printf '%s  %s\n' "$2" "$1" | sha256sum --check --status
}

check_cargo() {
    local home=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
    PATH=$PATH:${CARGO_HOME:-$home/.cargo}/bin
    command -v cargo >/dev/null || fail "no cargo on PATH or in ~/.cargo/bin, install Rust 1.95 or newer with rustup and call this again"
}

# install_packages NAME...: installs those that are missing, and nothing else.
install_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        warn "this is no Debian system, nothing was installed; the Debian names of what is needed are: $*"
        return
    fi
    local installed missing=() name
    # A name that dpkg does not know is an error to dpkg-query, and here simply one that is missing.
    installed=" $(dpkg-query -W -f='${db:Status-Status}=${Package} ' "$@" 2>/dev/null || true)"
    for name in "$@"; do
        [[ $installed == *" installed=$name "* ]] || missing+=("$name")
    done
    [ "${#missing[@]}" -gt 0 ] || return 0
    local codename
    codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
    [ "$codename" = bookworm ] || warn "tried on Debian bookworm only, this is ${codename:-another system}: package names may differ"
    if [ "$(id -u)" -ne 0 ]; then
        warn "${#missing[@]} Debian packages are missing, install them with the next line and call this again"
        printf 'sudo apt-get install -y --no-install-recommends %s\n' "${missing[*]}"
        exit 1
    fi
    warn "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    local apt=(apt-get -qq -o DPkg::Lock::Timeout=300)
    "${apt[@]}" update </dev/null || fail "apt-get update failed (above), check the network and /etc/apt"
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null || fail "apt-get install failed (above)"
}

has_pip() { python3 -m pip --version >/dev/null 2>&1; }

# download_wheel REQUIREMENTS [OPTION...]: unpacks the wheel that the file pins into $work/wheel; pip checks the sums.
download_wheel() {
    python3 -m pip download --quiet --disable-pip-version-check --no-cache-dir --no-input --no-deps --only-binary=:all: \
        "${@:2}" --require-hashes -r "$1" -d "$work" </dev/null ||
        fail "pip could not get the wheel that $1 pins (its reason is above)"
    python3 -m zipfile -e "$work"/*.whl "$work/wheel"
}

# install_runtime FILE SUM: downloads the pinned wheel and moves the checked library into runtime/.
install_runtime() {
    local file=$1 sum=$2 arch wheel_sum part
    arch=$(uname -m)
    wheel_sum=$(runtime_entry wheel_sha256)
    grep -q "sha256:$wheel_sum" "$requirements" || fail "$manifest and $requirements name different wheels for $arch, make them agree"
    mkdir -p runtime
    work=$(mktemp -d runtime/.setup.XXXXXX) # beside the goal, so that mv is a rename; not local, the trap reads it
    trap 'rm -rf "$work"' EXIT
    warn "downloading ONNX Runtime for $arch"
    download_wheel "$requirements" --python-version 3.12 --implementation cp --platform "manylinux_2_28_$arch"
    has_sha256 "$work/wheel/onnxruntime/capi/$file" "$sum" || fail "the wheel holds another $file than $manifest names"
    # The library last: where it is, the notices are too.
    for part in LICENSE ThirdPartyNotices.txt "capi/$file"; do
        chmod 644 "$work/wheel/onnxruntime/$part"
        mv -f "$work/wheel/onnxruntime/$part" "runtime/${part#capi/}"
    done
}

# install_tools: the spelling checker as .tools/typos, where it is missing or of another version than pinned.
install_tools() {
    local version
    version=$(sed -n 's/^typos==\([0-9.]*\).*/\1/p' "$tool_requirements")
    [ "$(.tools/typos --version 2>/dev/null)" != "typos-cli $version" ] || return 0
    has_pip || install_packages python3 python3-pip
    mkdir -p .tools
    work=$(mktemp -d .tools/.setup.XXXXXX) # as in install_runtime
    trap 'rm -rf "$work"' EXIT
    warn "downloading typos $version into .tools"
    download_wheel "$tool_requirements"
    chmod 755 "$work"/wheel/typos-*.data/scripts/typos
    mv -f "$work"/wheel/typos-*.data/scripts/typos .tools/typos
}

case ${1:-} in
    "") ;;
    tools)
        install_tools
        exit
        ;;
    *) fail "unknown word $1; call it without one, or with: tools" ;;
esac
check_cargo
library=$(runtime_entry file)
library_sum=$(runtime_entry sha256)
needs_runtime=no
if [ "$(uname -s)" != Linux ] || [ -z "$library" ]; then
    warn "no ONNX Runtime is pinned for $(uname -s) on $(uname -m): install one yourself (1.24 or newer) and name the library in ORT_DYLIB_PATH"
elif ! has_sha256 "runtime/$library" "$library_sum"; then
    needs_runtime=yes
    has_pip || packages+=(python3 python3-pip)
fi
install_packages "${packages[@]}"
[ "$needs_runtime" = no ] || install_runtime "$library" "$library_sum"
echo "setup: everything is in place"
