# SPDX-License-Identifier: BSD-2-Clause
"""The film of the panel in the report: a time line of all that changed it, and a small picture of each scene, with who drew
it and where. However long the film, there are at most MOST_SCENES of them."""

import base64
import html
import io

REST_SECONDS, MOST_SCENES = 0.1, 60    # a scene ends where nothing changes for so long
THUMBNAIL, COLOURS = (96, 160), 16
LINE_WIDTH, LINE_HEIGHT = 1000, 46
STYLES = {"kernel": "kernel", "display": "display", "": "first"}   # any other writer is a stranger


def render(found):
    """One section of the report, or a sentence why there is none."""
    head = "<h2>The film of the panel</h2>\n"
    if found.film is None:
        return f"{head}<p>Not filmed: {html.escape(found.film_problem or 'the phone was not run')}.</p>"
    scenes = few(found.film)
    return (f"{head}<p>Every change of the memory that is scanned out, {len(found.film):,} of them, with the code that stored "
            "it, from film.gz. A frame marks what a scene changed. On the line: who drew (above), what the person did and "
            "the modem was told to dial (below).</p>"
            f"{_line(found, scenes)}<div class=\"film\">{''.join(map(_scene, scenes))}</div>")


def few(film):
    """The scenes, several together where there are too many."""
    cuts = list(film.cuts(REST_SECONDS))
    together = -(-len(cuts) // MOST_SCENES)
    return list(film.scenes(cuts[together - 1:-1:together] + cuts[-1:]))


def _line(found, scenes):
    begin, end = scenes[0].first, max(scenes[-1].last, scenes[0].first + 1.0)

    def x(seconds):
        return round(LINE_WIDTH * min(max((seconds - begin) / (end - begin), 0.0), 1.0), 1)

    drawn = [f"<rect class=\"{_style(scene.writers)}\" x=\"{x(scene.first)}\" y=\"4\" height=\"16\" "
             f"width=\"{max(1.5, x(scene.last) - x(scene.first)):.1f}\"><title>{_said(scene)}</title></rect>" for scene in scenes]
    acts = [_mark("person", x(act.time), f"{act.time:.3f} s: {act.what or act.kind}") for act in found.acts]
    dials = [_mark("modem", x(dial.time), f"{dial.time:.3f} s: dials {dial.dialled()}") for dial in found.dials()]
    return (f"<svg class=\"filmline\" viewBox=\"0 0 {LINE_WIDTH} {LINE_HEIGHT}\" role=\"img\" "
            "aria-label=\"time line of the film\">"
            f"<line x1=\"0\" x2=\"{LINE_WIDTH}\" y1=\"21\" y2=\"21\"/>{''.join(drawn + acts + dials)}"
            f"<text x=\"0\" y=\"44\">{begin:.1f} s</text><text x=\"{LINE_WIDTH}\" y=\"44\" text-anchor=\"end\">{end:.1f} s</text>"
            "</svg>")


def _mark(style, at, said):
    return f"<circle class=\"{style}\" cx=\"{at}\" cy=\"28\" r=\"4\"><title>{html.escape(said)}</title></circle>"


def _style(writers):
    styles = [STYLES.get(name, "stranger") for name in writers]
    return next((style for style in ("stranger", "kernel", "display") if style in styles), "first")


def _said(scene):
    who = ", ".join(f"{name or 'as it was'} {count:,}" for name, count in scene.writers.items())
    return html.escape(f"{scene.first:.3f} to {scene.last:.3f} s: {who}")


def _scene(scene):
    left, top, right, bottom = scene.box
    width, height = scene.picture.size
    frame = (f"left:{100 * left / width:.1f}%;top:{100 * top / height:.1f}%;width:{100 * (right - left) / width:.1f}%;"
             f"height:{100 * (bottom - top) / height:.1f}%")
    return (f"<figure class=\"{_style(scene.writers)}\"><div><img src=\"{_thumbnail(scene.picture)}\" alt=\"the panel at "
            f"{scene.last:.3f} s\"><i style=\"{frame}\"></i></div><figcaption>{_said(scene)}</figcaption></figure>")


def _thumbnail(picture):
    small, file = picture.resize(THUMBNAIL).quantize(COLOURS), io.BytesIO()
    small.save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
