#!/usr/bin/env bash
# Installs the built program for one user, or removes it: scripts/install.sh [remove]. PREFIX is ~/.local unless it is set.
#
# Everything goes into PREFIX/lib/formcheck; PREFIX/bin has a link to it, PREFIX/share the entry of the desktop and its icon.
# Sessions and settings are elsewhere and stay as they are.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

prefix=${PREFIX:-${HOME:?HOME is not set; set PREFIX}/.local}
home=$prefix/lib/formcheck
entry=$prefix/share/applications/formcheck.desktop
icon=$prefix/share/icons/hicolor/scalable/apps/formcheck.svg
link=$prefix/bin/formcheck

if [ "${1:-}" = remove ]; then
    rm -rf "$home" "$entry" "$icon" "$link"
    echo "removed from $prefix; sessions and settings are kept"
    exit
fi

# A new folder beside the old one, then in its place: whoever starts the program meanwhile finds a whole one.
rm -rf "$home.new"
mkdir -p "$home.new" "$prefix/bin" "${entry%/*}" "${icon%/*}"
cp target/release/formcheck "$home.new/"
cp -R models runtime exercises routines figures voice demo LICENSE-MIT LICENSE-APACHE "$home.new/"
rm -rf "$home"
mv "$home.new" "$home"
ln -sf "$home/formcheck" "$link"
sed "s|^Exec=.*|Exec=\"$link\"|" packaging/formcheck.desktop >"$entry"
cp packaging/formcheck.svg "$icon"
echo "installed: $link"
case ":$PATH:" in
    *":$prefix/bin:"*) ;;
    *) echo "$prefix/bin is not on PATH; the desktop's menu starts it all the same" ;;
esac
