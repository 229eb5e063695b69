"""What machine this is and what it can do at most, measured on the spot."""

import os
import platform
import time

from section import Section


def first_value(path, key):
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, _, value = line.partition(":")
            if name.strip() == key:
                return value.strip()
    return ""


def description(cores):
    """(what, value) pairs."""
    memory = int(first_value("/proc/meminfo", "MemTotal").split()[0]) / 2**20
    return [
        ("processor", first_value("/proc/cpuinfo", "model name") or platform.machine()),
        ("cores", cores),
        ("memory", f"{memory:.0f} GiB"),
        ("system", f"{os_name()}, Linux {platform.release().split('-')[0]}"),
    ]


def idle_ticks():
    """(idle, all) ticks of all processors since the machine started."""
    with open("/proc/stat", encoding="ascii") as file:
        ticks = [int(text) for text in file.readline().split()[1:]]
    return ticks[3] + ticks[4], sum(ticks)


def busy_cores(cores):
    """How many cores were at work during a second in which this program waited."""
    idle, every = idle_ticks()
    time.sleep(1)
    idle_now, every_now = idle_ticks()
    return cores * (1 - (idle_now - idle) / max(every_now - every, 1))


def os_name():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def limits(bench):
    """A section: memory bandwidth and floating-point operations, on one core and on all."""
    section = Section("0", "The machine's limits", "")
    program, threads = bench.programs.limits, sorted({1, bench.cores})

    def row(name, unit, command_for):
        values = [bench.watch.number(command_for(count)) for count in threads]
        return [name, *[f"{value / 1e9:,.1f} {unit}" if value else "" for value in values]]

    def numpy(script, *arguments):
        return lambda count: ["env", f"OPENBLAS_NUM_THREADS={count}",
                              *bench.peer(script, *arguments)]

    size = 1024 if bench.quick else 4096
    rows = [row("memory, triad a = b + s c, C++", "GB/s",
                lambda count: [program, "triad", str(count)])]
    for what in ("copy", "sum"):
        value = bench.watch.number(bench.peer("bandwidth", what))
        rows.append([f"memory, NumPy {what}", f"{value / 1e9:,.1f} GB/s" if value else "",
                     *[""] * (len(threads) - 1)])
    for bits in (32, 64):
        rows.append(row(f"fused multiply-add in registers, float{bits}, C++", "GFLOPS",
                        lambda count, bits=bits: [program, f"fma{bits}", str(count)]))
        rows.append(row(f"matrix product {size}, float{bits}, NumPy", "GFLOPS",
                        numpy("gemm", f"float{bits}", size)))
    section.table(["", *[f"threads: {count}" for count in threads]], rows)
    return section.blocks[0]
