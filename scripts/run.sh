#!/usr/bin/env bash
# Starts the built program: its window where there is a display, else an analysis of the demo clip in the terminal.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

program=target/release/formcheck
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$program" # without a camera it plays the demo clip
fi
echo "No display here (DISPLAY and WAYLAND_DISPLAY are not set), so the demo clip is analysed instead of opening the window:"
set -- "$program" analyze demo/wall_angels.mp4 --exercise wall_angels
echo "\$ $*"
exec "$@"
