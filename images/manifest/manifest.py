#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Checks a manifest and turns it into what the build needs.

Writes into the output folder: manifest.bin (the checked manifest, from which the image builder makes
root's script), NAME/manifest.h for each component, manifest.json (the intended capability graph and the
memory map), access.dot and access.svg (pictures of it); with --flash board_map.h and kernel_base.ld for the kernel.
"""
import argparse
import pathlib
import sys
import tomllib

from board_map import kernel_base, map_header
from checks import check_all
from graph import graph_dot, graph_json, graph_svg
from headers import component_header
from model import ManifestError, read_manifest


def write_if_changed(path, data):
    """An unchanged header does not make its component build again."""
    data = data.encode() if isinstance(data, str) else data
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def write_outputs(manifest, blob, output, source, flash):
    for component in manifest.components:
        header = component_header(component, source)
        write_if_changed(output / component.name / "manifest.h", header)
    write_if_changed(output / "manifest.json", graph_json(manifest))
    write_if_changed(output / "access.dot", graph_dot(manifest))
    write_if_changed(output / "access.svg", graph_svg(manifest))
    if flash:
        write_if_changed(output / "board_map.h", map_header(manifest, flash["framebuffer"], source))
        write_if_changed(output / "kernel_base.ld", kernel_base(manifest, source))
    (output / "manifest.bin").write_bytes(blob)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=pathlib.Path, help="folder to write into; none: only check")
    parser.add_argument("--source", help="name of the source file for messages and headers")
    parser.add_argument("--flash", type=pathlib.Path, help="the board's flash.toml, which knows the panel's size")
    parser.add_argument("blob", type=pathlib.Path, help="the manifest, compiled by dtc")
    arguments = parser.parse_args()
    source = arguments.source or str(arguments.blob)
    try:
        blob = arguments.blob.read_bytes()
        manifest = read_manifest(blob)
        check_all(manifest)
        flash = tomllib.loads(arguments.flash.read_text()) if arguments.flash else None
        if arguments.output:
            write_outputs(manifest, blob, arguments.output, source, flash)
    except OSError as error:
        sys.exit(f"{source}: {error.filename} cannot be read or written ({error.strerror}).")
    except ManifestError as error:
        sys.exit(f"{source}: {error.path}: {error.reason}.")


if __name__ == "__main__":
    main()
