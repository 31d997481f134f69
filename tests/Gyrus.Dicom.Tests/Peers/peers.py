"""What pydicom (with gdcm) and nibabel read of files, for comparison: a line of JSON for each file, and its values beside it.

usage: peers.py FOLDER OUT FILE...
"""
import json
import sys
import warnings

import numpy

warnings.filterwarnings("ignore")


def dicom(path):
    import pydicom
    from pydicom.pixel_data_handlers.util import apply_color_lut, convert_color_space

    data = pydicom.dcmread(path, force=True)
    pixels = data.pixel_array
    if data.PhotometricInterpretation == "PALETTE COLOR":
        pixels = apply_color_lut(pixels, data)
        if pixels.dtype == numpy.uint16:
            pixels = pixels >> 8
    elif data.PhotometricInterpretation.startswith("YBR_FULL"):
        pixels = convert_color_space(pixels, data.PhotometricInterpretation, "RGB")
    tags = {name: str(data.get(name, "")) for name in ("Modality", "SeriesInstanceUID", "StudyInstanceUID", "SOPInstanceUID", "Rows", "Columns")}
    return pixels.astype(numpy.float64).ravel(), tags


def nifti(path):
    import nibabel

    image = nibabel.load(path)
    values = numpy.asarray(image.dataobj)
    if values.dtype.names:
        values = 0.299 * values["R"] + 0.587 * values["G"] + 0.114 * values["B"]
    affine = getattr(image, "affine", None)
    placed = affine is not None and (int(image.header["sform_code"]) > 0 or int(image.header["qform_code"]) > 0)
    return values.astype(numpy.float64).ravel(order="F"), {"affine": affine[:3].ravel().tolist() if placed else None}


folder, out, *files = sys.argv[1:]
for number, name in enumerate(files):
    path = f"{folder}/{name}"
    try:
        values, facts = (nifti if ".nii" in name or name.endswith((".hdr", ".mgz")) else dicom)(path)
        values.tofile(f"{out}/{number}")
        print(json.dumps({"file": name, "values": f"{out}/{number}", "facts": facts}))
    except Exception as error:
        print(json.dumps({"file": name, "error": str(error)[:200]}))
