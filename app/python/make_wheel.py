"""Packs a wheel that runs on other machines: the program, the libraries it needs beside it, and the
licence of everything that is inside, compiled in or beside.

    python app/python/make_wheel.py BUILD DIST

BUILD is a folder in which Ninja has built the program; prints the path of the wheel in DIST.
"""

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import wheel_backend

DOCUMENTATION = Path("/usr/share/doc")
LICENCES = Path("/usr/share/common-licenses")
COMMON = re.compile(r"/usr/share/common-licenses/([\w.-]*\w)")


def output(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def owners(paths):
    """{path: Debian package} for files, whether /lib is /usr/lib or not."""
    asked = {}
    for path in paths:
        real = str(Path(path).resolve())
        for spelling in (real, real.removeprefix("/usr")):
            asked[spelling] = path
    said = subprocess.run(["dpkg-query", "-S", *asked], capture_output=True, text=True).stdout
    found = {}
    for line in said.splitlines():
        packages, path = line.rsplit(": ", 1)
        if path in asked:
            found[asked[path]] = packages.split(",")[0].split(":")[0]
    return found


def compiled_in(build):
    """Headers and archives of others that the program is made of."""
    graph = output("ninja", "-C", build, "-t", "deps")
    headers = {line.strip() for line in graph.splitlines() if line.startswith("    /usr/")}
    link = output("ninja", "-C", build, "-t", "commands", "attngraph").splitlines()[-1]
    return headers | set(re.findall(r"(/usr/\S+\.a)\b", link))


def beside(program, wheel):
    """The libraries that were put into a wheel, by the path they came from."""
    loaded = re.findall(r"(\S+) => (/\S+)", output("ldd", program))
    inside = [Path(name).name for name in wheel if ".libs/" in name]
    found = {}
    for name in inside:
        stem = re.sub(r"-[0-9a-f]{8}(?=\.)", "", name)
        found[name] = next(
            path
            for soname, path in loaded
            if stem in (soname, Path(path).resolve().name)
        )
    return found


def licences(build, program, wheel):
    """{name below licenses/: content}, with a list of what is inside."""
    libraries = beside(program, wheel)
    owner = owners({*libraries.values(), *compiled_in(build)})
    lacking = sorted(set(libraries.values()) - set(owner))
    if lacking:
        raise SystemExit(f"no package owns {', '.join(lacking)}: its licence is not known")
    packages = {}
    for name, path in sorted(libraries.items()):
        packages.setdefault(owner[path], []).append(name)
    for path, package in sorted(owner.items()):
        if path not in libraries.values():
            packages.setdefault(package, [])
    files = {}
    texts = set()
    lines = ["What this wheel holds of others, as Debian packages; licences beside.", ""]
    for package, names in sorted(packages.items()):
        files[f"{package}.copyright"] = (DOCUMENTATION / package / "copyright").read_bytes()
        texts |= set(COMMON.findall(files[f"{package}.copyright"].decode()))
        version = output("dpkg-query", "-W", "-f", "${Version}", package)
        lines.append(f"{package} {version}: {', '.join(names) or 'compiled in'}")
    files.update({name: (LICENCES / name).read_bytes() for name in sorted(texts)})
    files["INSIDE.txt"] = ("\n".join(lines) + "\n").encode()
    return files


def repaired(raw, folder):
    subprocess.run(
        [sys.executable, "-m", "auditwheel", "repair", raw, "-w", folder],
        check=True,
        stdout=sys.stderr,
    )
    (wheel,) = Path(folder).glob("*.whl")
    return wheel


def main():
    build, dist = Path(sys.argv[1]), Path(sys.argv[2])
    program = build / "attngraph"
    dist.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        stripped = Path(scratch, "attngraph")
        subprocess.run(["strip", "-o", stripped, program], check=True)
        raw = wheel_backend.build_wheel(scratch, {"program": stripped})
        wheel = repaired(Path(scratch, raw), Path(scratch, "repaired"))
        with zipfile.ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            members = {name: archive.read(name) for name in names}
        info = f"attngraph-{wheel_backend.version()}.dist-info"
        found = licences(build, program, members)
        members.update({f"{info}/licenses/{name}": text for name, text in found.items()})
        members[f"{info}/METADATA"] = wheel_backend.metadata(["LICENSE", *sorted(found)]).encode()
        executable = {name for name in members if "/bin/" in name or ".libs/" in name}
        wheel_backend.write(dist / wheel.name, members, executable)
    print(dist / wheel.name)


if __name__ == "__main__":
    main()
