# SPDX-License-Identifier: BSD-2-Clause
"""The access graph: as JSON (what the running system is compared with), DOT and SVG."""
import html
import json

from board_map import board_map
from model import FIRST_MEMORY_SLOT, WRITE

RIGHT_LETTERS = "rwxgdm"  # abi/syscall.h, enum rights, bit 0 first


def rights_text(rights):
    return "".join(letter for i, letter in enumerate(RIGHT_LETTERS) if rights >> i & 1)


def cap_entry(cap):
    target = cap.memory.name if cap.memory else cap.object.name
    kind = "frame" if cap.memory else cap.object.type
    badge = cap.badge if kind in ("endpoint", "notification") else 0
    return {"slot": cap.slot, "name": cap.name, "type": kind, "object": target,
            "rights": rights_text(cap.rights), "badge": badge, "epoch": cap.epoch}


def frame_entries(component):
    entries = []
    for mapping in component.maps:
        pages = mapping.memory.bytes >> mapping.memory.page_shift
        entries.append({"memory": mapping.memory.name, "pages": pages,
                        "page_shift": mapping.memory.page_shift, "guest": mapping.guest,
                        "variable": mapping.memory.kind == "image",
                        "rights": rights_text(mapping.rights), "address": mapping.address})
    return entries


def graph_json(manifest):
    components = [{"name": c.name, "trusted": c.trusted, "restartable": c.restartable,
                   "caps": [cap_entry(cap) for cap in c.caps], "first_frame": FIRST_MEMORY_SLOT,
                   "frames": frame_entries(c)} for c in manifest.components]
    memories = [{"name": m.name, "kind": m.kind, "image": m.image, "base": m.base,
                 "bytes": m.bytes, "page_shift": m.page_shift, "owner": m.owner}
                for m in manifest.memories + manifest.devices]
    return json.dumps({"board": manifest.board, "components": components, "memories": memories,
                       "map": board_map(manifest)}, indent=1) + "\n"


def edges(manifest):
    """(from, to, label, kind) of all that one component can do to another."""
    result = []
    for c in manifest.components:
        for cap in c.caps:
            if cap.kind in ("call", "signal") and cap.object.home != c.name:
                result.append((c.name, cap.object.home, cap.kind, cap.kind))
    for memory in manifest.memories:
        users = [(c, m) for c in manifest.components for m in c.maps if m.memory is memory]
        for writer, mapping in users:
            for reader, _ in users:
                if mapping.rights & WRITE and reader is not writer:
                    result.append((writer.name, reader.name, memory.name, "memory"))
    return list(dict.fromkeys(result))


def graph_dot(manifest):
    lines = ["digraph access {", "  rankdir=LR; node [shape=box];"]
    for c in manifest.components:
        style = "" if c.trusted else " [style=filled, fillcolor=lightpink]"
        lines.append(f'  "{c.name}"{style};')
    for source, target, label, kind in edges(manifest):
        style = {"call": "solid", "signal": "dashed", "memory": "dotted"}[kind]
        lines.append(f'  "{source}" -> "{target}" [label="{label}", style={style}];')
    return "\n".join(lines + ["}", ""])


# --- a picture without any tool: components in columns by their distance from the modem ----------

COLUMN, ROW, WIDTH, HEIGHT, MARGIN = 250, 150, 130, 46, 40
COLOURS = {"call": "#1f4e9c", "signal": "#3a8a4d", "memory": "#b3541e"}


def columns(manifest):
    """Column of each component: calls go from left to right."""
    place = {c.name: 0 for c in manifest.components}
    calls = [(a, b) for a, b, _, kind in edges(manifest) if kind == "call"]
    for _ in manifest.components:
        for source, target in calls:
            if place[target] <= place[source] < len(place):
                place[target] = place[source] + 1
    for source, target, _, kind in edges(manifest):
        if kind == "memory" and not any(target in pair for pair in calls):
            place[target] = max(place[target], place[source] + 1)
    return place


def positions(manifest):
    place, rows, result = columns(manifest), {}, {}
    for component in manifest.components:
        column = place[component.name]
        row = rows[column] = rows.get(column, -1) + 1
        shift = ROW // 2 if column % 2 else 0
        result[component.name] = (MARGIN + column * COLUMN, MARGIN + row * ROW + shift)
    return result


def svg_edge(start, end, bend, label, kind):
    x1, y1 = start[0] + WIDTH / 2, start[1] + HEIGHT / 2
    x2, y2 = end[0] + WIDTH / 2, end[1] + HEIGHT / 2
    length = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 1)
    nx, ny = -(y2 - y1) / length, (x2 - x1) / length
    cx, cy = (x1 + x2) / 2 + nx * bend, (y1 + y2) / 2 + ny * bend
    tx, ty = x2 - cx, y2 - cy
    scale = min(WIDTH / 2 / max(abs(tx), 0.01), HEIGHT / 2 / max(abs(ty), 0.01))
    x2, y2 = x2 - tx * min(scale, 1), y2 - ty * min(scale, 1)
    lx, ly = (x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4
    return (f'<path d="M{x1:.1f},{y1:.1f} Q{cx:.1f},{cy:.1f} {x2:.1f},{y2:.1f}" fill="none" '
            f'stroke="{COLOURS[kind]}" marker-end="url(#{kind})"/>'
            f'<text x="{lx:.1f}" y="{ly:.1f}" class="label" fill="{COLOURS[kind]}">'
            f'{html.escape(label)}</text>')


def svg_box(component, position):
    fill = "#ffffff" if component.trusted else "#f7c9cf"
    x, y = position
    return (f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="{fill}" '
            f'stroke="#222222"/><text x="{x + WIDTH / 2}" y="{y + HEIGHT / 2 + 5}" class="name">'
            f'{html.escape(component.name)}</text>')


def graph_svg(manifest):
    where = positions(manifest)
    width = max(x for x, _ in where.values()) + WIDTH + MARGIN
    height = max(y for _, y in where.values()) + HEIGHT + 2 * MARGIN
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">',
             '<style>text{font-family:sans-serif;text-anchor:middle}.label{font-size:11px}'
             '.name{font-size:14px}</style><rect width="100%" height="100%" fill="#fbfbf8"/><defs>']
    for kind, colour in COLOURS.items():
        parts.append(f'<marker id="{kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
                     f'markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" '
                     f'fill="{colour}"/></marker>')
    parts.append("</defs>")
    bends = {}
    for source, target, label, kind in edges(manifest):
        pair = (source, target)
        bends[pair] = bends.get(pair, 0) + 1
        parts.append(svg_edge(where[source], where[target], 34 * bends[pair], label, kind))
    parts += [svg_box(c, where[c.name]) for c in manifest.components]
    legend = "call (blue)   signal (green)   shared memory, writer to reader (orange)   " \
             "pink: not trusted"
    parts.append(f'<text x="{width / 2}" y="{height - 14}" class="label">{legend}</text></svg>')
    return "\n".join(parts) + "\n"
