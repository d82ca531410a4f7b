"""Nothing is fetched from this machine or any other: in HTML nothing at all, in the PDF what the templates hold."""

import os
import socket
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

import pytest

from briefgen.model.document import Job, TemplateError
from briefgen.model.findings import FindingsError
from briefgen.render import html as to_html
from briefgen.render import pdf as to_pdf

from .pdfs import opened, structure_of, text_of

Make = Callable[..., Job]
HIDDEN = "wordsthatnobodymayread"
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
PAGE = '<!DOCTYPE html><html lang="en"><head><title>T</title>{}</head><body><p>Body</p>{}</body></html>'


@dataclass(frozen=True, slots=True)
class Listener:
    """A server that answers nothing and knows whether anybody called."""

    server: socket.socket

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server.getsockname()[1]}"

    @property
    def called(self) -> bool:
        """Whether a connection waits."""
        try:
            self.server.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@pytest.fixture
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield Listener(server)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside the templates, whose words are text, a style sheet and an image at once."""
    path = tmp_path / "secret.svg"
    text = f"<text>{HIDDEN}</text>"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{text}</svg>', encoding="utf-8")
    return path


WAYS = {
    "an image": ("", '<img alt="x" src="{}">'),
    "an image in an image": ("", '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>'),
    "an image in an image, the old way": (
        "",
        '<svg width="9" height="9"><image xlink:href="{}" width="9" height="9"/></svg>',
    ),
    "an object": ("", '<object data="{}"></object>'),
    "an embedded file": ("", '<embed src="{}">'),
    "a background": ("<style>p {{ background: url({}) }}</style>", ""),
    "a background in an attribute": ("", "<p style=\"background: url('{}')\">x</p>"),
    "a list mark": ("<style>ul {{ list-style-image: url({}) }}</style>", "<ul><li>x</li></ul>"),
    "content": ("<style>p::before {{ content: url({}) }}</style>", ""),
    "an import": ("<style>@import url({});</style>", ""),
    "an import of a text": ("<style>@import '{}';</style>", ""),
    "a cursor": ("<style>p {{ cursor: url({}), auto }}</style>", ""),
    "a mask": ("<style>p {{ mask: url({}) }}</style>", ""),
    "a set of images": ("<style>p {{ background: image-set('{}' 1x) }}</style>", ""),
    "a name space": ("<style>@namespace url({});</style>", ""),
    "escaped letters": ("<style>p {{ background: u\\72l({}) }}</style>", ""),
    "a set of sources": ("", '<img alt="x" src="data:," srcset="{} 2x">'),
    "a frame": ("", '<iframe src="{}"></iframe>'),
    "a film": ("", '<video src="{0}" poster="{0}"></video>'),
    "a sound": ("", '<audio src="{}"></audio>'),
    "a form": ("", '<form action="{0}"><button formaction="{0}">x</button></form>'),
    "a refresh": ('<meta http-equiv="refresh" content="0; url={}">', ""),
    "an icon": ('<link rel="icon" href="{}">', ""),
    "a connection ahead": ('<link rel="preconnect" href="{}">', ""),
    "a shape of another file": ("", '<svg width="9" height="9"><use href="{}#a"/></svg>'),
    "a ping": ("", '<a href="#x" ping="{}">x</a>'),
    "a frame of text": ("", "<iframe srcdoc=\"<img src='{}'>\"></iframe>"),
    "a font": ("<style>@font-face {{ font-family: F; src: url({}) }} p {{ font-family: F }}</style>", ""),
    "a colour profile": ("<style>@color-profile device-cmyk {{ src: url({}) }}</style>", ""),
    "a linked style sheet": ('<link rel="stylesheet" href="{}">', ""),
    "an attachment": ('<link rel="attachment" href="{}">', ""),
    "an attachment in the text": ("", '<a rel="attachment" href="{}">x</a>'),
    "another base": ('<base href="{}"><link rel="stylesheet" href="x.css">', ""),
}
PLACES = ("file", "path", "up", "link", "http", "https", "ftp")


def _url(place: str, secret: Path, templates: Path, listener: Listener) -> str:
    (templates / "link.svg").symlink_to(secret)
    return {
        "file": secret.as_uri(),
        "path": str(secret),
        "up": "../secret.svg",
        "link": "link.svg",
        "http": f"{listener.url}/x.css",
        "https": f"https{listener.url[4:]}/x.css",
        "ftp": f"ftp{listener.url[4:]}/x.css",
    }[place]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("way", WAYS)
def test_a_pdf_takes_nothing_from_outside(
    way: str, place: str, secret: Path, templates: Path, listener: Listener, tiny_job: Make
) -> None:
    url = _url(place, secret, templates, listener)
    head, body = (part.format(url) for part in WAYS[way])
    text, attached = _made(tiny_job(PAGE.format(head, body), format="pdf"))
    assert HIDDEN not in text
    assert attached == []
    assert not listener.called


def _made(job: Job) -> tuple[str, list[str]]:
    """The document's text and the files attached to it; what was said instead, where it was refused."""
    try:
        content = to_pdf.render(job).content
    except (TemplateError, FindingsError) as trouble:
        return str(trouble), []
    return text_of(content), list(opened(content).attachments)


@pytest.mark.parametrize("way", ["an image", "a background", "an import", "a linked style sheet", "an attachment"])
@pytest.mark.parametrize("place", PLACES)
def test_the_usual_ways_out_are_refused_with_the_address(
    way: str, place: str, secret: Path, templates: Path, listener: Listener, tiny_job: Make
) -> None:
    url = _url(place, secret, templates, listener)
    head, body = (part.format(url) for part in WAYS[way])
    refused = "is no file of the templates folder; documents load nothing else|rel=.attachment|holds @import"
    with pytest.raises((TemplateError, FindingsError), match=refused):
        to_pdf.render(tiny_job(PAGE.format(head, body), format="pdf"))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", ["file", "http"])
def test_r410_html_that_would_load_something_is_refused(
    way: str, place: str, secret: Path, templates: Path, listener: Listener, tiny_job: Make
) -> None:
    url = _url(place, secret, templates, listener)
    head, body = (part.format(url) for part in WAYS[way])
    with pytest.raises(FindingsError, match=r"tiny\.html:1:\d+: error R410 ") as refused:
        to_html.render(tiny_job(PAGE.format(head, body)))
    assert HIDDEN not in str(refused.value)
    assert not listener.called


@pytest.mark.parametrize("address", ["own.svg", "/own.svg", "template:///own.svg", "parts/../own.svg", "data"])
def test_a_pdf_takes_what_the_templates_hold(address: str, templates: Path, tiny_job: Make) -> None:
    (templates / "own.svg").write_text(SQUARE, encoding="utf-8")
    if address == "data":
        address = f"data:image/svg+xml;base64,{b64encode(SQUARE.encode()).decode()}"
    document = to_pdf.render(tiny_job(PAGE.format("", f'<img alt="square" src="{address}">'), format="pdf"))
    assert "/Figure" in structure_of(opened(document.content))


def test_a_picture_is_found_however_its_name_is_composed(templates: Path, tiny_job: Make) -> None:
    (templates / normalize("NFD", "bản-đồ.svg")).write_text(SQUARE, encoding="utf-8")
    document = to_pdf.render(tiny_job(PAGE.format("", '<img alt="map" src="bản-đồ.svg">'), format="pdf"))
    assert "/Figure" in structure_of(opened(document.content))


@pytest.mark.parametrize("name", ["a%00b.png", f"{'a' * 300}.png", "pipe.png", "folder.png"])
def test_a_name_that_no_file_has_is_told(name: str, templates: Path, tiny_job: Make) -> None:
    os.mkfifo(templates / "pipe.png")
    (templates / "folder.png").mkdir()
    with pytest.raises(TemplateError) as caught:
        to_pdf.render(tiny_job(PAGE.format("", f'<img alt="x" src="{name}">'), format="pdf"))
    assert caught.value.message.startswith(f"'{unquote(name)}' is no file of the templates folder")


def test_an_own_file_wins_over_a_shipped_one(templates: Path, tiny_job: Make) -> None:
    (templates / "style").mkdir()
    (templates / "style" / "paper.css").write_text("p::after { content: 'from our own sheet' }", encoding="utf-8")
    document = to_pdf.render(tiny_job(PAGE.format('<link rel="stylesheet" href="style/paper.css">', ""), format="pdf"))
    assert "from our own sheet" in text_of(document.content)
