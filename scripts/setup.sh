#!/usr/bin/env bash
# Installs what the build and the program need: Debian packages and the ONNX Runtime library in runtime/. With the word
# "tools" instead: what the checks need besides, the spelling checker in .tools/ and nowhere else. With "heavy": the largest
# pose model, converted into models/ from the file that its makers published; what the conversion needs is deleted again.
# With "dist": what makes packages, in .tools/.
# May be called as often as one likes: it looks first, and a call that finds everything changes nothing and asks no network.
# Exit code: 0 everything is there, 1 something is missing (the last line says what to do).
#
# Pinning: the runtime library is pinned by checksum (models/manifest.toml, scripts/runtime-requirements.txt), the spelling
# checker likewise (scripts/dev-requirements.txt), the crates by Cargo.lock. The heavy model is pinned three times: its source
# (models/convert.py), what converts it (scripts/heavy-requirements.txt), what comes out (models/manifest.toml). Debian
# packages are pinned by release, not by version: a point release removes the version before it from the archive, so
# "package=version" would stop installing within months. Another release than bookworm gets a warning.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packages=(
    # building: linker and C headers; libclang for the camera library's bindings
    gcc libc6-dev pkg-config libclang-dev libasound2-dev
    # running: video files; the C++ library that ONNX Runtime is linked to
    ffmpeg libstdc++6
    # the window
    libgl1 libegl1 libgl1-mesa-dri libxkbcommon0 libxkbcommon-x11-0 libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2
    libwayland-client0 libwayland-egl1
    # the voice: the sound library, and what speaks names and own exercises
    libasound2 espeak-ng
    # the tests: a sound server that is recorded from, displays of both kinds, a look at system calls, an old processor, another
    # reader of CSV and of the database
    pulseaudio pulseaudio-utils xvfb xauth weston strace qemu-user python3
)
manifest=models/manifest.toml
requirements=scripts/runtime-requirements.txt
tool_requirements=scripts/dev-requirements.txt
heavy_requirements=scripts/heavy-requirements.txt
dist_requirements=scripts/dist-requirements.txt
# Notices of all licences, the list of parts, Debian packages, the rules for dependencies (deny.toml); by version, crates.io has the
# sums.
dist_crates=(cargo-about@0.9.3 cargo-cyclonedx@0.5.9 cargo-deb@3.8.0 cargo-deny@0.20.2)
heavy_package=@mediapipe/pose@0.5.1675469404 # npm; models/manifest.toml names it as the source

warn() { printf 'setup: %s\n' "$*" >&2; }
fail() { warn "$@"; exit 1; }

# entry TABLE NAME VALUE KEY: the value of KEY in that TABLE of the manifest whose NAME is VALUE; nothing if there is none.
entry() {
    awk -F ' *= *' -v table="[[$1]]" -v name="$2" -v value="$3" -v key="$4" '
        /^\[/ { here = ($0 == table); mine = 0 }
        here { gsub(/"/, "", $2) }
        here && $1 == name { mine = ($2 == value) }
        mine && $1 == key { print $2 }' "$manifest"
}

# runtime_entry KEY: of this machine's library.
runtime_entry() { entry runtime.library arch "$(uname -m)" "$1"; }

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

# install_dist_tools: what makes packages, into .tools: a program in a wheel, and those that cargo builds from their versions.
install_dist_tools() {
    install_packages xz-utils binutils dpkg-dev python3 python3-pip
    local tool version crate features
    for tool in maturin; do
        version=$(sed -n "s/^$tool==\([0-9.]*\).*/\1/p" "$dist_requirements")
        [ "$(cat ".tools/$tool.version" 2>/dev/null)" != "$version" ] || continue
        mkdir -p .tools
        work=$(mktemp -d .tools/.setup.XXXXXX) # as in install_runtime
        trap 'rm -rf "$work"' EXIT
        warn "downloading $tool $version into .tools"
        # pip takes all of a file: one with this tool alone.
        sed -n "/^$tool==/,/[^\\\\]$/p" "$dist_requirements" >"$work/requirements.txt"
        download_wheel "$work/requirements.txt"
        install -m 755 "$work"/wheel/*.data/scripts/"$tool" ".tools/$tool"
        echo "$version" >".tools/$tool.version"
        rm -rf "$work"
    done
    for tool in "${dist_crates[@]}"; do
        crate=${tool%@*}
        [ ! -x ".tools/$crate" ] || [ "$(cat ".tools/$crate.version" 2>/dev/null)" != "${tool#*@}" ] || continue
        warn "building $tool into .tools, some minutes"
        # Without it there is a library and no program.
        features=()
        [ "$crate" != cargo-about ] || features=(--features cli)
        env -u RUSTFLAGS -u CARGO_TARGET_DIR cargo install --quiet --locked --root .tools/cargo "${features[@]}" "$tool" </dev/null ||
            fail "cargo could not build $tool (its reason is above)"
        ln -sf "cargo/bin/$crate" ".tools/$crate"
        echo "${tool#*@}" >".tools/$crate.version"
    done
}

# python_that_converts: the name of a Python of the version that the packages are pinned for, and that can make a venv.
python_that_converts() {
    local name
    for name in python3.11 python3; do
        if "$name" -c 'import ensurepip, sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    return 1
}

# install_heavy: makes models/pose_landmark_heavy.onnx, where it is missing or another one than the manifest names.
install_heavy() {
    local file sum python
    file=$(entry model id heavy file)
    sum=$(entry model id heavy sha256)
    if has_sha256 "models/$file" "$sum"; then
        echo "setup: models/$file is in place"
        return
    fi
    [ "$(uname -s) $(uname -m)" = "Linux x86_64" ] ||
        fail "what converts the model is there for Linux on x86_64 only: make it on such a machine and copy models/$file"
    python=$(python_that_converts) || install_packages python3 python3-venv
    python=${python:-$(python_that_converts)} ||
        fail "no Python 3.11 with venv was found, install one (it may stand beside others) and call this again"
    command -v npm >/dev/null || install_packages npm
    command -v npm >/dev/null || fail "no npm on PATH, install it and call this again"
    work=$(mktemp -d models/.heavy.XXXXXX) # as in install_runtime
    trap 'rm -rf "$work"' EXIT
    warn "downloading the model (41 MB) and what converts it (330 MB; 1.6 GB of disk, all of it deleted again)"
    (cd "$work" && npm pack --loglevel=error --ignore-scripts --no-update-notifier --cache npm "$heavy_package") \
        </dev/null >/dev/null ||
        fail "npm could not get $heavy_package (its reason is above)"
    tar -xzf "$work"/*.tgz -C "$work" package/pose_landmark_heavy.tflite || fail "$heavy_package does not hold the model"
    "$python" -m venv "$work/venv" || fail "$python could not make a venv (its reason is above)"
    "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-input --no-deps --no-compile \
        --only-binary=:all: --require-hashes -r "$heavy_requirements" </dev/null ||
        fail "pip could not get the packages that $heavy_requirements pins (its reason is above)"
    warn "converting, about a minute"
    PYTHONDONTWRITEBYTECODE=1 TF_CPP_MIN_LOG_LEVEL=3 \
        "$work/venv/bin/python" models/convert.py "$work/package/pose_landmark_heavy.tflite" "$work/$file" \
        </dev/null >"$work/log" 2>&1 ||
        { cat "$work/log" >&2; fail "models/convert.py failed (above)"; }
    has_sha256 "$work/$file" "$sum" || fail "the conversion made another $file than $manifest names, nothing was changed"
    chmod 644 "$work/$file"
    mv -f "$work/$file" "models/$file"
    echo "setup: models/$file is in place"
}

case ${1:-} in
    "") ;;
    tools)
        install_tools
        exit
        ;;
    heavy)
        install_heavy
        exit
        ;;
    dist)
        check_cargo
        install_dist_tools
        exit
        ;;
    *) fail "unknown word $1; call it without one, or with: tools, heavy, dist" ;;
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
