"""Packs the wheel: the module and the program, built by CMake where none is named. `pip install
./app/python` uses it (PEP 517), and `make wheel`, which then adds the libraries.

The same files give the same bytes: members are sorted, their time is SOURCE_DATE_EPOCH or 1980.
"""

import base64
import hashlib
import os
import re
import subprocess
import sysconfig
import tempfile
import time
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NAME = "attngraph"


def version():
    text = (ROOT / "CMakeLists.txt").read_text()
    return re.search(r"project\(attngraph VERSION ([\d.]+)", text).group(1)


def metadata(licenses):
    """METADATA, with the names of the license files under licenses/."""
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {NAME}",
        f"Version: {version()}",
        "Summary: Transformer self-attention as a directed graph",
        "License-Expression: GPL-3.0-or-later",
        *(f"License-File: {name}" for name in licenses),
        "Requires-Python: >=3.8",
        "Description-Content-Type: text/markdown",
    ]
    return "\n".join(lines) + "\n\n" + (ROOT / "docs/python.md").read_text()


def record(members, path):
    rows = []
    for name in sorted(members):
        digest = base64.urlsafe_b64encode(hashlib.sha256(members[name]).digest()).rstrip(b"=")
        rows.append(f"{name},sha256={digest.decode()},{len(members[name])}")
    return "\n".join([*rows, f"{path},,"]) + "\n"


def write(path, members, executable=()):
    """Writes a wheel of these members, its RECORD last."""
    info = f"{NAME}-{version()}.dist-info"
    members = {name: content for name, content in members.items() if name != f"{info}/RECORD"}
    order = [*sorted(members, key=lambda name: (name.startswith(info), name)), f"{info}/RECORD"]
    members[f"{info}/RECORD"] = record(members, f"{info}/RECORD").encode()
    epoch = max(int(os.environ.get("SOURCE_DATE_EPOCH", 0)), 315532800)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        for name in order:
            member = zipfile.ZipInfo(name, time.gmtime(epoch)[:6])
            member.external_attr = (0o100755 if name in executable else 0o100644) << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(member, members[name])


def built_program():
    """The bytes of the program, built outside the sources."""
    with tempfile.TemporaryDirectory(prefix="attngraph-build-") as folder:
        subprocess.run(["cmake", "-S", ROOT, "-B", folder, "-DATTNGRAPH_TESTS=OFF"], check=True)
        jobs = str(os.cpu_count() or 1)
        subprocess.run(
            ["cmake", "--build", folder, "-j", jobs, "--target", "attngraph"], check=True
        )
        return Path(folder, "attngraph").read_bytes()


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """`config_settings` may name a program that is built already: {"program": PATH}."""
    named = (config_settings or {}).get("program")
    program = Path(named).read_bytes() if named else built_program()
    info = f"{NAME}-{version()}.dist-info"
    tag = "py3-none-" + re.sub(r"[-.]", "_", sysconfig.get_platform())
    members = {
        f"{NAME}/{path.name}": path.read_bytes()
        for path in (HERE / NAME).iterdir()
        if path.suffix == ".py" or path.name == "py.typed"
    }
    members[f"{NAME}/bin/{NAME}"] = program
    members[f"{info}/METADATA"] = metadata(["LICENSE"]).encode()
    members[f"{info}/licenses/LICENSE"] = (ROOT / "LICENSE").read_bytes()
    members[f"{info}/WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: attngraph\nRoot-Is-Purelib: false\nTag: {tag}\n".encode()
    )
    members[f"{info}/entry_points.txt"] = (
        f"[console_scripts]\n{NAME} = {NAME}.program:main\n".encode()
    )
    name = f"{NAME}-{version()}-{tag}.whl"
    write(Path(wheel_directory) / name, members, {f"{NAME}/bin/{NAME}"})
    return name
