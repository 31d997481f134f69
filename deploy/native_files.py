"""Checks of what was published for a system that its native files are all there, and all for that system:
    python3 deploy/native_files.py FOLDER win-x64
"""
import pathlib
import struct
import sys

# What the headers call the processor: PE, Mach-O and ELF.
PROCESSORS = {"win-x64": ("PE", 0x8664), "osx-arm64": ("Mach-O", 0x0100000C), "linux-arm64": ("ELF", 0xB7), "linux-x64": ("ELF", 0x3E)}
# On Windows libvips is called libvips-42.dll.
LIBRARIES = ["vips", "onnxruntime", "e_sqlite3", "wasmtime"]
LEARNING = ["LibTorchSharp", "torch_cpu", "c10"]
NAMES = {"PE": "{}.dll", "Mach-O": "lib{}.dylib", "ELF": "lib{}.so"}


def kind(path):
    """The format and the processor of a native file; None of another file, a .NET assembly too."""
    with open(path, "rb") as file:
        head = file.read(4096)
    if head[:4] == b"\x7fELF":
        return "ELF", struct.unpack_from("<H", head, 18)[0]
    if head[:4] == b"\xcf\xfa\xed\xfe":
        return "Mach-O", struct.unpack_from("<I", head, 4)[0]
    if head[:4] == b"\xca\xfe\xba\xbe":
        # Several processors in one file: right where it holds arm64.
        held = [struct.unpack_from(">I", head, 8 + 20 * i)[0] for i in range(struct.unpack_from(">I", head, 4)[0])]
        return "Mach-O", 0x0100000C if 0x0100000C in held else held[0]
    if head[:2] == b"MZ":
        at = struct.unpack_from("<I", head, 0x3C)[0]
        if at + 252 > len(head) or head[at:at + 4] != b"PE\0\0":
            return None
        machine, = struct.unpack_from("<H", head, at + 4)
        # The fifteenth directory, whose place the two sizes of optional header tell, is that of .NET.
        directories = at + 24 + (112 if struct.unpack_from("<H", head, at + 24)[0] == 0x20B else 96)
        managed = struct.unpack_from("<I", head, directories + 14 * 8)[0] != 0
        return None if managed else ("PE", machine)
    return None


folder, system = pathlib.Path(sys.argv[1]), sys.argv[2]
wanted = PROCESSORS[system]
files = [path for path in folder.rglob("*") if path.is_file()]
native = {path: found for path in files if (found := kind(path))}
faults = [f"{path.relative_to(folder)}: {found[0]}, processor {found[1]:#x}" for path, found in sorted(native.items()) if found != wanted]
libraries = LIBRARIES + (LEARNING if (folder / "Gyrus.Learning.dll").exists() else [])
there = [path.name for path in native]
for library in libraries:
    name = NAMES[wanted[0]].format(library)
    # Versions may stand between the name and its ending, or behind it.
    stems = {stem for begin in ("", "lib") for stem in (f"{begin}{library}.", f"{begin}{library}-")}
    if not any(file.startswith(tuple(stems)) for file in there):
        faults.append(f"{name} is missing")
program = folder / ("gyrus.exe" if wanted[0] == "PE" else "gyrus")
if native.get(program) != wanted:
    faults.append(f"{program.name} is missing")
print(f"{system}: {len(files)} files, {sum(path.stat().st_size for path in files) >> 20} MB, {len(native)} of them native")
if faults:
    sys.exit("\n".join(faults))
