"""What peers make of series, for comparison.

usage: peers.py values OUT FILE...      pydicom's modality values of each file, beside it as numbers of 8 bytes: a line of JSON a file
       peers.py dicom OURS TABLE [OURS TABLE]...   each of our volumes against the positions and modality values that pydicom reads: a line of JSON a volume
       peers.py volumes OURS... -- THEIRS...   each of our volumes against the one of theirs that has most of its voxels: a line of JSON a volume
"""
import json
import sys
import warnings

import numpy

warnings.filterwarnings("ignore")


def values(out, *files):
    import pydicom
    from pydicom.pixel_data_handlers.util import apply_modality_lut

    for number, name in enumerate(files):
        data = pydicom.dcmread(name, force=True)
        apply_modality_lut(data.pixel_array, data).astype(numpy.float64).tofile(f"{out}/{number}")
        print(json.dumps({"file": name, "values": f"{out}/{number}"}))


def dicom(*names):
    import csv

    import nibabel
    import pydicom
    from pydicom.pixel_data_handlers.util import apply_modality_lut

    for name, table in zip(names[::2], names[1::2]):
        ours = nibabel.load(name)
        mine, apart, differ = numpy.asarray(ours.dataobj), 0, 0
        for row in csv.DictReader(open(table)):
            data = pydicom.dcmread(row["source"])
            values = apply_modality_lut(data.pixel_array, data)
            differ += int(numpy.count_nonzero(mine[:, :, int(row["slice"])].T != values.astype(numpy.float32)))
            position, across, down = (numpy.array(numbers, float) for numbers in (data.ImagePositionPatient, data.ImageOrientationPatient[:3], data.ImageOrientationPatient[3:]))
            for i in (0, data.Columns - 1):
                for j in (0, data.Rows - 1):
                    place = position + across * data.PixelSpacing[1] * i + down * data.PixelSpacing[0] * j
                    apart = max(apart, numpy.abs(ours.affine @ [i, j, int(row["slice"]), 1] - numpy.append(place * [-1, -1, 1], 1)).max())
        print(json.dumps({"file": name, "apart": float(apart), "differ": differ, "voxels": int(mine.size)}))


def volumes(*names):
    import nibabel

    at = names.index("--")
    theirs = [(name, nibabel.load(name)) for name in names[at + 1:]]
    for name in names[:at]:
        ours = nibabel.load(name)
        print(json.dumps(min((against(ours, other) | {"file": name, "peer": peer} for peer, other in theirs), key=lambda found: (found["apart"], found["differ"]))))


def against(ours, theirs):
    """How far our voxels lie from theirs, in millimetres at most, and how many values differ there; qform too."""
    if sorted(ours.shape) != sorted(theirs.shape):
        return {"apart": 1e9, "qform": 1e9, "differ": -1, "voxels": 0}
    at = numpy.indices(ours.shape).reshape(3, -1)
    at = numpy.vstack([at, numpy.ones(at.shape[1])])
    world = ours.affine @ at
    near = numpy.rint(numpy.linalg.inv(theirs.affine) @ world)
    apart = numpy.abs(theirs.affine @ near - world).max()
    inside = numpy.all((near[:3] >= 0) & (near[:3] < numpy.array(theirs.shape)[:, None]), axis=0)
    if not inside.all():
        return {"apart": 1e9, "qform": 1e9, "differ": -1, "voxels": 0}
    i, j, k = near[:3].astype(int)
    mine, other = numpy.asarray(ours.dataobj).reshape(-1), numpy.asarray(theirs.dataobj)[i, j, k]
    qform, code = ours.get_qform(coded=True)
    return {
        "apart": float(apart),
        "qform": float(numpy.abs(ours.get_qform() @ at - world).max()) if code else None,
        "differ": int(numpy.count_nonzero(numpy.abs(mine - other) > 1e-6 * numpy.maximum(1, numpy.abs(other)))),
        "voxels": int(mine.size),
    }


{"values": values, "dicom": dicom, "volumes": volumes}[sys.argv[1]](*sys.argv[2:])
