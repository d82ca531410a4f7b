"""`briefgen preview`."""

import webbrowser
from functools import partial
from pathlib import Path

import click

from briefgen.cli import options
from briefgen.cli.output import echo

PORT = 8642


@click.command(short_help="Show every document while you work on it.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any free one.")
@click.option("--out", type=options.PATH, help="Compare with the editions here instead of those in out/.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in your browser.")
@click.pass_obj
def preview(start: Path, port: int, out: Path | None, open_page: bool) -> None:
    """Show every document in every language on a page of this machine, and follow every file that you save.

    On screen and on paper, languages side by side, as of any day. A mistake is shown over the page with its line, while
    the last good page stays. Nothing is published, and nothing is written to out/. Ctrl-C ends it.
    """
    from briefgen.tools.preview.server import listen, serve
    from briefgen.tools.preview.session import following

    workspace = options.find(start)
    listening = listen(port)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    with following(workspace, options.out_folder(start, out), partial(options.current_time, workspace)) as session:
        echo(f"The preview of {workspace.root.name} is at {address}")
        echo("Save a file, and the page shows it. Ctrl-C ends.")
        if open_page:
            webbrowser.open(address)
        serve(session, listening)
