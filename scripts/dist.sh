#!/usr/bin/env bash
# Makes what strangers install, in dist/: a tarball that runs where it is unpacked, a Debian package, a Python wheel, the notices of
# everything in them and the list of their parts (CycloneDX).
#
# The program is built once, in target/dist, without a trace of where: paths are remapped and times are those of the commit, so
# that the same sources and tools should give the same bytes anywhere (docs/reliability.md says what of that was tried).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
arch=$(uname -m)
name=formcheck-$version-$arch-linux
cargo_home=${CARGO_HOME:-${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}/.cargo}
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 0)
export SOURCE_DATE_EPOCH FORMCHECK_DIST=1
export CARGO_TARGET_DIR=$PWD/target/dist
export RUSTFLAGS="--remap-path-prefix=$PWD=/formcheck --remap-path-prefix=$cargo_home=/cargo"

scripts/setup.sh dist
cargo build --release --locked
stage=dist/stage/formcheck
rm -rf dist
mkdir -p "$stage"

# What every way of installing brings.
strip -o "$stage/formcheck" "$CARGO_TARGET_DIR/release/formcheck"
cp -R exercises routines figures voice demo "$stage/"
mkdir "$stage/models" "$stage/runtime" "$stage/licences"
cp models/manifest.toml models/LICENSE models/README.md models/pose_detection.onnx models/pose_landmark_full.onnx \
    models/pose_landmark_lite.onnx "$stage/models/"
cp runtime/* "$stage/runtime/"
cp LICENSE-MIT LICENSE-APACHE "$stage/licences/"
cp fonts/LICENSE "$stage/licences/fonts-OFL.txt"
# What looks at the dependencies wants those of other systems, too.
cargo fetch --locked --quiet
.tools/cargo-about generate --locked --offline -c packaging/about.toml -o "$stage/licences/THIRD-PARTY.html" packaging/about.hbs
"$stage/formcheck" packaging dist/stage/packaging
cp packaging/formcheck.desktop packaging/formcheck.svg "$stage/"
cp -R dist/stage/packaging/man dist/stage/packaging/completions "$stage/"
sed "s/@VERSION@/$version/" packaging/README.tarball.txt >"$stage/README.txt"
find dist/stage -type d -exec chmod 755 {} + -o -type f ! -name formcheck -exec chmod 644 {} +

# The list of parts.
.tools/cargo-cyclonedx cyclonedx --format json --all-features --override-filename "$name.cdx" --quiet
mv "$name.cdx.json" dist/

# A tarball whose bytes depend on nothing but what is in it.
mv "$stage" "dist/stage/$name"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -C dist/stage -cf - "$name" |
    xz -9 -T1 >"dist/$name.tar.xz"
mv "dist/stage/$name" "$stage"

# Debian. Cargo.toml says what goes where.
gzip -9n dist/stage/packaging/man/*.1
mkdir -p "$CARGO_TARGET_DIR/release"
.tools/cargo-deb deb --no-build --no-strip --output dist/ >/dev/null

# Python.
data=packaging/python/formcheck.data
rm -rf "$data"
mkdir -p "$data/data/share/formcheck" "$data/data/share/applications" "$data/data/share/icons/hicolor/scalable/apps" \
    "$data/data/share/man/man1"
cp -R "$stage"/{exercises,routines,figures,voice,demo,models,licences} "$data/data/share/formcheck/"
cp packaging/formcheck.desktop "$data/data/share/applications/"
cp packaging/formcheck.svg "$data/data/share/icons/hicolor/scalable/apps/"
cp "$stage"/man/*.1 "$data/data/share/man/man1/"
(cd packaging/python && ../../.tools/maturin build --release --locked --strip --compatibility linux --out ../../dist --quiet)
rm -rf "$data"

(cd dist && sha256sum ./*.tar.xz ./*.deb ./*.whl ./*.cdx.json >SHA256SUMS && rm -rf stage && ls -l)
