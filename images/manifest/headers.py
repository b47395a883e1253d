# SPDX-License-Identifier: BSD-2-Clause
"""manifest.h of each component: its capability slots and the addresses of its memory."""

TEMPLATE = """\
/* Made from {source} by images/manifest; do not edit. */
#ifndef MANIFEST_H
#define MANIFEST_H

#include <stdint.h>

#define MANIFEST_COMPONENT "{name}"

/* Slots of this component's CNode. */
enum {{
{caps}
}};
{maps}
#endif
"""


def unique_maps(component):
    """A memory mapped both into the component and into its guest is listed once, its own first."""
    seen = {}
    for mapping in component.maps:
        if not mapping.guest:
            seen.setdefault(mapping.name, mapping)
    return list(seen.values())


def guest_lines(component):
    lines = []
    for mapping in component.maps:
        if mapping.guest:
            lines.append(f"#define IPA_{mapping.name} {mapping.address:#010x}u")
            lines.append(f"#define IPA_{mapping.name}_BYTES {mapping.memory.bytes:#010x}u")
    return lines


def component_header(component, source):
    caps = [f"    CAP_{cap.name} = {cap.slot}," for cap in component.caps]
    lines = []
    for mapping in unique_maps(component):
        lines.append(f"#define MEM_{mapping.name}_VA ((uintptr_t){mapping.address:#010x}u)")
        lines.append(f"#define MEM_{mapping.name}_BYTES {mapping.memory.bytes:#010x}u")
    lines += guest_lines(component)
    maps = "\n" + "\n".join(lines) + "\n" if lines else ""
    return TEMPLATE.format(source=source, name=component.name, caps="\n".join(caps), maps=maps)
