#!/usr/bin/env bash
# Installs each package of dist/ in a clean Debian root that has what the Debian package asks for and no Rust, takes the network
# away, and runs it there: `doctor`, the demo clip with the JSON of the build tree, the window on a display. For root, since it
# makes and enters a root; prints what it did, with sizes and times. Pictures of the windows: dist/check/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ "$(id -u)" -eq 0 ] || { echo "dist-check: only root can make a root, call it with sudo" >&2; exit 1; }
for tool in mmdebstrap Xvfb ffmpeg unshare; do
    command -v "$tool" >/dev/null || { echo "dist-check: $tool is missing (Debian: apt install mmdebstrap xvfb ffmpeg util-linux)" >&2; exit 1; }
done

deb=$(ls dist/*.deb) tar=$(ls dist/*.tar.xz) wheel=$(ls dist/*.whl)
check=$PWD/dist/check
rm -rf "$check"
mkdir -p "$check/wheels"
root=$(mktemp -d)
display=:78
clean_up() {
    umount -R --lazy "$root/tmp/.X11-unix" "$root/dev" "$root/proc" 2>/dev/null || true
    [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
    rm -rf --one-file-system "$root"
}
trap clean_up EXIT

# What needs the network: the root, and the wheels that ours depends on.
depends=$(dpkg-deb -f "$deb" Depends | sed 's/([^)]*)//g; s/|[^,]*//g; s/ //g')
options=()
for file in /etc/apt/apt.conf.d/*; do
    ! grep -q '^Acquire' "$file" || options+=("--aptopt=$file")
done
mmdebstrap --quiet --variant=minbase "${options[@]}" --include="$depends,libgl1-mesa-dri,python3-venv,xz-utils,bash" \
    bookworm "$root" /etc/apt/sources.list.d/debian.sources
python3 -m pip download --quiet --disable-pip-version-check --only-binary=:all: --python-version 3.11 -d "$check/wheels" \
    "$(unzip -p "$wheel" '*/METADATA' | sed -n 's/^Requires-Dist: //p' | tr -d ' ()')"
cp "$wheel" "$check/wheels/"

mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
Xvfb "$display" -screen 0 1280x800x24 >/dev/null 2>&1 &
server=$!
mkdir -p "$root/tmp/.X11-unix" "$root/work"
sleep 1
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
cp demo/wall_angels.mp4 "$root/work/"
cp "$deb" "$tar" "$root/work/"
cp -R "$check/wheels" "$root/work/wheels"

# alone COMMAND: in the root, without a network.
alone() { unshare --net chroot "$root" env -i HOME=/work PATH=/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 DISPLAY="$display" "$@"; }
wanted=$(target/release/formcheck analyze demo/wall_angels.mp4 --exercise wall_angels --format json)

# tried NAME PROGRAM: doctor, the demo, the window.
tried() {
    local name=$1 program=$2 found began
    echo "== $name"
    alone "$program" doctor
    found=$(alone "$program" analyze /work/wall_angels.mp4 --exercise wall_angels --format json)
    [ "$found" = "$wanted" ] || { echo "dist-check: $name counts otherwise: $found" >&2; exit 1; }
    began=$(date +%s%N)
    alone "$program" --version
    echo "start: $((($(date +%s%N) - began) / 1000000)) ms"
    alone timeout --preserve-status -s TERM 8 "$program" &
    local window=$!
    sleep 6
    ffmpeg -v error -y -f x11grab -video_size 1280x800 -i "$display" -frames:v 1 "$check/$name.png"
    wait "$window" || { echo "dist-check: the window of $name did not end well" >&2; exit 1; }
    echo "the demo has the JSON of the build tree, the window opens and closes"
}

alone dpkg -i "/work/${deb##*/}"
tried deb /usr/bin/formcheck
alone dpkg --purge formcheck
alone tar -C /work -xf "/work/${tar##*/}"
tried tarball "/work/$(basename "$tar" .tar.xz)/formcheck"
rm -rf "$root/work/$(basename "$tar" .tar.xz)"
alone python3 -m venv /work/venv
alone /work/venv/bin/pip install --quiet --no-index --find-links /work/wheels formcheck
tried wheel /work/venv/bin/formcheck
ls -l "$deb" "$tar" "$wheel" | awk '{ print $5, $9 }'
