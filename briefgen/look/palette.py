"""Colours that nobody could read."""

from collections.abc import Iterator

from briefgen.findings import Finding, Place
from briefgen.legible import too_faint
from briefgen.model.look import LookFile
from briefgen.yamlfile import YamlFile


def colour_faults(said: LookFile, file: YamlFile) -> Iterator[Finding]:
    """K901: a colour has too little contrast with its paper."""
    for key, colours in (("colours", said.colours), ("dark_colours", said.dark_colours)):
        direction = "darker" if key == "colours" else "lighter"
        for name, ratio, least in too_faint(colours):
            place = file.places.get((key, name), Place(""))
            message = (
                f"'{name}' has a contrast of {_ratio(ratio)} with the paper {colours.paper}; it needs {_ratio(least)}"
            )
            yield Finding(place, "K901", message, hint=f"take a {direction} colour")


def _ratio(ratio: float) -> str:
    """Rounded down, so that 4.499 never reads as enough."""
    return f"{int(ratio * 100) / 100:.2f}:1"
