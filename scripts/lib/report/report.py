# SPDX-License-Identifier: BSD-2-Clause
"""The report: one HTML file that needs nothing else, and report.json with the same facts beside it. Every event of the
time line leads to its picture and its raw log line."""

import base64
import dataclasses
import html
import json
import pathlib
import re

from lib.report import filmstrip
from lib.witnesses import audit, wirelog

WITNESSES = {"P1": "wire log, screen, audit log", "P2": "wire log against the screen, read twice",
             "P3": "hash of the trusted side's memory", "P4": "time to pixel and wire",
             "P5": "colour and words of the trust bar", "P6": "audit log's chain, checked by other code",
             "P7": "none yet: verified boot is to come"}
PROMISES = {"P1": "Show before dial: no call before the number was shown and confirmed",
            "P2": "What you see is what is dialled", "P3": "Isolation: Linux reaches no memory but its own",
            "P4": "Availability: Linux cannot hold up the trusted side",
            "P5": "No spoofing: the bar always tells who is visible",
            "P6": "Evidence: every request and its outcome is logged",
            "P7": "Boot integrity: only signed images run"}
_PICTURE = "<!-- the picture of that moment -->"
QUIET_WIRE = re.compile(r"\+CLCC|\+CREG|\+CSQ|^(TX OK|TX)$")


@dataclasses.dataclass
class Facts:
    """All that the report says, apart from the run itself."""
    date: str
    board: str
    hashes: list            # (what, value)
    control: list           # lines of the control run's wire log, [] if it was not run
    control_problem: str
    sizes: list             # (name, lines, is trusted)
    graph_svg: str
    not_shown: list         # sentences
    commands: list          # (what, command)
    story: str = ("A Trojan inside an unmodified Debian Linux, with every right that Linux can give, dials a premium number. The "
                  "phone's own display shows that number and its price before anything reaches the modem.")


def write(folder, result, facts):
    folder = pathlib.Path(folder)
    page = _Page(folder, result, facts)
    (folder / "report.html").write_text(page.render(), encoding="utf-8")
    (folder / "report.json").write_text(json.dumps(_as_json(result, facts), indent=2) + "\n")
    return folder / "report.html"


def _as_json(result, facts):
    found = result.found
    return {**result.facts(), "date": facts.date, "board": facts.board, "hashes": dict(facts.hashes),
            "control": {"dialled": control_dials(facts.control), "wire": facts.control,
                        "problem": facts.control_problem},
            "lines": [{"name": name, "lines": lines, "trusted": trusted} for name, lines, trusted in facts.sizes],
            "linux": [{"time": seconds, "what": what} for seconds, what in found.legacy_log],
            "wire": wirelog.render(found.wire).splitlines(), "audit": audit.render(found.audit).splitlines(),
            "screens": [{"time": item.time, "picture": item.reading.picture, "label": item.reading.label,
                         "number": item.reading.number(), "price": item.reading.price,
                         "caption": result.captions.get(item.reading.picture, "")} for item in found.sightings],
            "person": [dataclasses.asdict(act) for act in found.acts], "not_shown": facts.not_shown}


def control_dials(lines):
    """The numbers that the modem heard without Robin."""
    text = "".join(line + "\n" for line in lines).encode()
    return [line.dialled() for line in wirelog.dials(wirelog.parse_text(text))] if lines else []


def _escape(text):
    return html.escape(str(text))


class _Page:
    def __init__(self, folder, result, facts):
        self._folder, self._result, self._facts = folder, result, facts
        self._found = result.found

    def render(self):
        css = (pathlib.Path(__file__).parent / "report.css").read_text()
        parts = (self._verdict(), self._story(), self._lanes(), filmstrip.render(self._found), self._control(),
                 self._promises(), self._size(), self._graph(), self._check(), self._not_shown(), self._logs(), self._zooms())
        return ("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                f"<title>Robin: {_escape(self._word())}</title>\n<style>\n{css}</style></head>\n<body>\n"
                + "\n".join(parts) + "\n</body></html>\n")

    def _word(self):
        return self._result.sentence().split(":")[0]

    def _verdict(self):
        good = self._result.passed
        sign, word = ("✓", "The promises hold") if good else ("✗", "A promise was broken")
        if self._result.problem:
            sign, word = "?", "The demonstration could not run"
        rows = [("Date", self._facts.date), ("Board", self._facts.board)] + list(self._facts.hashes)
        table = "".join(f"<tr><td>{_escape(name)}</td><td><code>{_escape(value)}</code></td></tr>" for name, value in rows)
        return (f"<h1>Robin · {_escape(self._result.scenario.title)}</h1>\n"
                f"<div class=\"verdict {'' if good else 'broken'}\"><div class=\"sign\" aria-hidden=\"true\">{sign}</div>"
                f"<div><strong>{word}</strong><span>{_escape(self._result.sentence())}</span></div></div>\n"
                f"<table class=\"facts\">{table}</table>")

    def _story(self):
        items = "".join(
            f"<li><a href=\"#pic-{_escape(name)}\"><img src=\"{self._data(name)}\" alt=\"{_escape(caption)}\"></a>"
            f"{_escape(caption)}</li>" for name, caption in self._result.captions.items() if caption)
        return f"<h2>What happened</h2>\n<p>{_escape(self._facts.story)}</p>\n<ol class=\"story\">{items}</ol>"

    # --- the time line ------------------------------------------------------------------------------------------

    def _lanes(self):
        head = ("<div class=\"row head\"><span class=\"time\">time</span><span>Linux sent</span>"
                "<span>The screen showed</span><span>The person did</span><span>The modem heard</span></div>")
        rows, picture = [], ""
        for seconds, lane, content, shown in sorted(self._events(), key=lambda event: event[:2]):
            picture = shown or picture
            rows.append(self._row(seconds, lane, content.replace(_PICTURE, self._then(picture if not shown else ""))))
        return ("<h2>Time line</h2>\n<p>Seconds since power-on, by the phone's own clock. Each event leads to its raw "
                "log line and to the picture of what stood on the screen; pictures open in full size. A dial command "
                f"is framed.</p>\n<div class=\"lanes\">{head}{''.join(rows)}</div>")

    def _then(self, picture):
        """The way to the last picture that was taken before an event."""
        number = next((n for n, item in enumerate(self._found.sightings, start=1)
                       if item.reading.picture == picture), 0)
        return f" · <a href=\"#pic-{_escape(picture)}\">screen {number}</a>" if number else ""

    def _events(self):
        """(seconds, lane, what the lane says, the picture that this event is or "")."""
        found = self._found
        for line, (seconds, what) in enumerate(found.legacy_log, start=1):
            yield seconds, 0, (f"<div class=\"event legacy\"><code>{_escape(what)}</code>"
                               f"{_raw('linux.log', line)}</div>"), ""
        for number, item in enumerate(found.sightings, start=1):
            yield self._between(item), 1, self._sighting(number, item), item.reading.picture
        for act in found.acts:
            yield self._between(act), 2, (f"<div class=\"event person\">{_escape(_spoken(act))}"
                                          f"{_raw('person.log', act.line)}</div>"), ""
        for line in found.wire:
            if line.end > found.wire_start and not QUIET_WIRE.search(f"{line.kind} {line.text}"):
                kind = " dial" if line.dialled() else ""
                yield line.time, 3, (f"<div class=\"event modem{kind}\"><code>{_escape(line.kind)} "
                                     f"{_escape(line.text)}</code>{_raw('wire.log', line.line)}</div>"), ""

    def _between(self, event):
        """Its time, but never beyond the wire lines that it stood between: positions are exact, the harness's clock is
        off by the milliseconds that QEMU takes to stop and go on."""
        before = [line.time for line in self._found.wire if line.end <= event.wire_position]
        after = [line.time for line in self._found.wire if line.end > event.wire_position]
        return max([min([event.time, *after[:1]]), *before[-1:]])

    def _row(self, seconds, lane, content):
        cells = ["<span></span>"] * 4
        cells[lane] = content
        return f"<div class=\"row\"><span class=\"time\">{seconds:.3f}</span>{''.join(cells)}</div>"

    def _sighting(self, place, item):
        reading = item.reading
        number = f"<div class=\"number\">{_escape(reading.number())}</div>" if reading.number() else ""
        price = f"<div>{_escape(reading.price.replace(' ', ' € ', 1))}</div>" if reading.price else ""
        caption = self._result.captions.get(reading.picture, "")
        return (f"<div class=\"event screen\"><a href=\"#pic-{_escape(reading.picture)}\">"
                f"<img src=\"{self._data(reading.picture)}\" alt=\"the screen at {item.time:.3f} s\"></a>"
                f"<div><b>{place} · bar: {_escape(reading.label.upper())}</b>{number}{price}<div>{_escape(caption)}</div>"
                f"{_raw('screens.log', item.line)}</div></div>")

    # --- beside it ------------------------------------------------------------------------------------------------

    def _control(self):
        if self._facts.control_problem or not self._facts.control:
            reason = self._facts.control_problem or "it was not asked for"
            return f"<h2>The same attack without Robin</h2>\n<p>Not run: {_escape(reason)}.</p>"
        control = wirelog.parse_text("".join(line + "\n" for line in self._facts.control).encode())
        return ("<h2>The same attack without Robin</h2>\n<p>The same Linux and the same Trojan on the bare emulator, "
                "its serial line wired straight to the modem. The attack is real: without Robin the call goes out.</p>"
                f"<div class=\"two\">{self._side('bad', 'Without Robin: ✗ nobody was asked', control)}"
                + self._side("good" if self._result.passed else "bad", "With Robin: shown, then confirmed",
                             [line for line in self._found.wire if line.end > self._found.wire_start]) + "</div>")

    @staticmethod
    def _side(style, title, lines):
        """One wire log: its calls, the rest counted."""
        calls = [line for line in lines if line.dialled() or line.kind == "CALL" or "+CHUP" in line.text]
        text = "".join(f"{line.time:10.3f} s  {line.kind} {_escape(line.text)}\n" for line in calls)
        dialled = ", ".join(line.dialled() for line in lines if line.dialled()) or "nothing"
        return (f"<section class=\"{style}\"><h3>{title}</h3><p>The modem heard: <span class=\"number\">"
                f"{_escape(dialled)}</span></p><pre>{text}</pre><p class=\"dim\">and {len(lines) - len(calls)} lines in "
                "which no call is made</p></section>")

    def _promises(self):
        words = {"held": ("held", "✓ held"), "broken": ("broken", "✗ broken"), "not tested here": ("no", "– not tested here")}
        states = self._result.promises()
        rows = "".join(f"<tr><td>{name}</td><td>{_escape(text)}</td><td class=\"state {words[states[name]][0]}\">"
                       f"{words[states[name]][1]}</td><td>{WITNESSES[name]}</td></tr>" for name, text in PROMISES.items())
        findings = "".join(f"<li>{_escape(finding)}</li>" for finding in self._result.findings)
        return ("<h2>Promises</h2>\n<table><tr><th></th><th>promise</th><th>here</th><th>witness</th></tr>"
                f"{rows}</table>" + (f"<p>What the witnesses found:</p><ul>{findings}</ul>" if findings else ""))

    def _size(self):
        if not self._facts.sizes:
            return ""
        largest = max(lines for _, lines, _ in self._facts.sizes)
        bars = "".join(f"<span>{_escape(name)}</span><i class=\"{'' if trusted else 'other'}\" "
                       f"style=\"width:{100 * lines / largest:.3f}%\"></i><span class=\"num\">{lines:,}</span>"
                       for name, lines, trusted in self._facts.sizes)
        return ("<h2>How much code must be right</h2>\n<p>Code lines. Solid: what “show before dial” rests on. "
                f"Hatched: what may be taken over without a call leaving the phone.</p><div class=\"bars\">{bars}</div>")

    def _graph(self):
        if not self._facts.graph_svg:
            return ""
        svg = re.sub(r"^.*?(?=<svg)", "", self._facts.graph_svg, flags=re.DOTALL)
        return ("<h2>Who may talk to whom</h2>\n<p>Drawn from the manifest that the image was built with, and that root "
                f"enforces: every path from Linux to the modem leads through the dialler.</p><div class=\"graph\">{svg}</div>")

    def _check(self):
        lines = "\n".join(f"{command:<52} # {what}" for what, command in self._facts.commands)
        return f"<h2>Check it yourself</h2>\n<pre>{_escape(lines)}</pre>"

    def _not_shown(self):
        items = "".join(f"<li>{_escape(sentence)}</li>" for sentence in self._facts.not_shown)
        return f"<h2>What this does not show</h2>\n<ul>{items}</ul>"

    # --- raw ----------------------------------------------------------------------------------------------------

    def _logs(self):
        names = ("wire.log", "audit.log", "screens.log", "person.log", "linux.log", "memory.log")
        return "<h2>Raw logs</h2>\n" + "".join(self._log(name) for name in names)

    def _log(self, name):
        lines = (self._folder / name).read_text().splitlines() if (self._folder / name).exists() else []
        text = "".join(f"<span id=\"{name}-{n}\" data-n=\"{n}\">{_escape(line)}</span>"
                       for n, line in enumerate(lines, start=1))
        return f"<details open><summary>{name} ({len(lines)} lines)</summary><pre class=\"raw\">{text}</pre></details>"

    def _zooms(self):
        return "".join(f"<div class=\"zoom\" id=\"pic-{_escape(item.reading.picture)}\"><a href=\"#\">"
                       f"<img src=\"{self._data(item.reading.picture)}\" alt=\"\"></a><p>"
                       f"{_escape(self._result.captions.get(item.reading.picture, ''))} · {item.time:.3f} s · "
                       f"press the picture to close</p></div>" for item in self._found.sightings)

    def _data(self, name):
        path = self._folder / name
        raw = path.read_bytes() if path.exists() else b""
        return "data:image/png;base64," + base64.b64encode(raw).decode()


def _raw(name, line):
    return f"<div class=\"raw\"><a href=\"#{name}-{line}\">{name}:{line}</a>{_PICTURE}</div>"


def _spoken(act):
    return {"confirm": {"call": "pressed the keypad's call key"}.get(act.what, "confirmed"),
            "refuse": "refused", "attention": "pressed the trust bar",
            "key": f"key {act.what}"}.get(act.kind, {"hang-up": "hung up"}.get(act.what, f"touched {act.what}"))
