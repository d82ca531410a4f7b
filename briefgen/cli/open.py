"""`briefgen open`."""

import sys
from pathlib import Path

import click

from briefgen.cli import options
from briefgen.cli.fast_path import shown
from briefgen.cli.links import linked
from briefgen.cli.output import TROUBLE, echo
from briefgen.model.document import FORMATS
from briefgen.model.findings import did_you_mean


@click.command("open", short_help="Open a document of the newest edition.")
@click.argument("document", required=False, default="")
@click.option("--lang", "language", default="", metavar="CODE", help="In this language; default: the settings' first.")
@click.option("--format", "format", default="", metavar="NAME", help="In this format; default: that with pages.")
@click.option("--partnership", default="", metavar="NAME", help="Of this partnership, where several have editions.")
@click.option("--out", type=options.PATH, help="Look for editions here instead of the workspace's out/.")
@click.option("--print", "only_print", is_flag=True, help="Only print where it is.")
@click.pass_obj
def open_(
    start: Path, document: str, language: str, format: str, partnership: str, out: Path | None, only_print: bool
) -> None:
    """Open DOCUMENT of the newest edition with the program that this machine has for it; default: the first one.

    DOCUMENT is its name, such as full-briefing, or that of a file, such as full-briefing.ko.pdf.
    """
    from briefgen.publish.editions import latest
    from briefgen.tools.editions import find_outdir, no_edition

    outdir = find_outdir(options.out_folder(start, out), partnership)
    edition = latest(outdir)
    if edition is None:
        raise no_edition(outdir, "there is no edition here", "make one with: briefgen build")
    manifest = edition.manifest
    path = edition.folder / document
    if path not in edition.documents:
        name = _chosen(document, manifest.documents, "document")
        code = _chosen(language, manifest.languages, "language")
        paged = next((each for each in manifest.formats if FORMATS[each].paged), "")
        ending = _chosen(format or paged, manifest.formats, "format")
        path = edition.folder / f"{name}.{code}.{ending}"
    echo(linked(path, shown(path)))
    if only_print:
        return
    if not path.is_file():
        raise no_edition(
            path, f"edition {manifest.name} is damaged: this file is gone", "make it again: briefgen build"
        )
    if click.launch(str(path)):
        echo("This machine has no program that opens it; the file is there all the same.", err=True)
        sys.exit(TROUBLE)


def _chosen(asked: str, known: tuple[str, ...], kind: str) -> str:
    """Return the name that was asked for, or the first; wrong use for one that the edition lacks."""
    if asked and asked not in known:
        raise click.UsageError(f"the newest edition has no {kind} '{asked}'; {did_you_mean(asked, known)}")
    return asked or known[0]
