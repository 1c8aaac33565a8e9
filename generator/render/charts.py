"""Charts, drawn at build time by matplotlib as inline SVG: no script, the same bytes for the same figures.

A chart always stands beside a table that says the same; its colours come with patterns, so that it reads without them.
"""

import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

import matplotlib as mpl
from markupsafe import Markup, escape
from matplotlib.figure import Figure

_TEXT = "#010203"  # stands for the colour of the text around the chart, whatever it is there
_LONG = 40
"""Letters of a name in a legend: the table beside the chart has it whole."""
_SERIES = (("#7a3b2e", ""), ("#c9a27e", "///"), ("#5f7d8c", "..."), ("#a3b18a", "xx"))
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "text.color": _TEXT,
    "axes.edgecolor": _TEXT,
    "axes.labelcolor": _TEXT,
    "xtick.color": _TEXT,
    "ytick.color": _TEXT,
    "hatch.linewidth": 0.6,
}


def bar_chart(titel: str, labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> Markup:
    """Bars per label, one beside the other per series."""
    # A name is free text, and a drawing reads some of it as formulas: what stands for it is as long.
    names = {f"reeks{index}".ljust(min(len(name), _LONG), "n"): name for index, name in enumerate(series)}
    # The salt makes the ids of the drawing, the same every time and others in each chart of a page.
    with mpl.rc_context({**_STYLE, "svg.hashsalt": titel}):
        figure = Figure(figsize=(7, 2.6), layout="constrained")
        axes = figure.subplots()
        width = 0.8 / max(len(series), 1)
        for index, (name, values) in enumerate(zip(names, series.values(), strict=True)):
            colour, pattern = _SERIES[index % len(_SERIES)]
            places = [place + index * width for place in range(len(labels))]
            axes.bar(
                places, values, width * 0.92, label=name, color=colour, edgecolor=_TEXT, linewidth=0.5, hatch=pattern
            )
        axes.set_xticks([place + width * (len(series) - 1) / 2 for place in range(len(labels))], labels)
        axes.yaxis.get_major_locator().set_params(integer=True)  # type: ignore[call-arg]
        axes.spines[["top", "right"]].set_visible(False)
        if len(series) > 1:
            axes.legend(frameon=False, fontsize=8)
        target = StringIO()
        figure.savefig(target, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = _inline(target.getvalue(), titel)
    for stand_in, name in names.items():
        svg = svg.replace(f">{stand_in}<", f">{escape(_short(name))}<")
    return Markup(svg)


def _short(name: str) -> str:
    return name if len(name) <= _LONG else f"{name[: _LONG - 1]}…"


def _inline(svg: str, titel: str) -> str:
    """The drawing as part of a page: it takes the colour of the text, and its name for who cannot see it."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", svg, flags=re.S)
    svg = re.sub(r'<g id="[^"]*"', "<g", svg)  # nothing names a group, and every chart of a page has the same ones
    svg = re.sub(r' style="([^"]*)"', _attributes, svg)
    svg = re.sub(r'(<svg[^>]*?) (?:height|width)="[^"]*"', r"\1", svg)
    svg = re.sub(r'(<svg[^>]*?) (?:height|width)="[^"]*"', r"\1", svg)
    name = escape(titel)
    svg = svg.replace("<svg", f'<svg class="wt-grafiek" role="img" aria-label="{name}"', 1)
    return svg.replace(_TEXT, "currentColor").strip()


def _attributes(found: re.Match[str]) -> str:
    """A style attribute as presentation attributes: a strict content-security-policy takes those."""
    pairs = (part.split(":", 1) for part in found[1].split(";") if ":" in part)
    values = {key.strip(): value.strip() for key, value in pairs}
    font = values.pop("font", "")
    if size := re.match(r"([\d.]+)px", font):
        values |= {"font-size": size[1], "font-family": "sans-serif"}
    return "".join(f' {key}="{value}"' for key, value in values.items() if '"' not in value)
