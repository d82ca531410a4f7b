"""The addresses of a page: what a picture, a style or a link of it may lead to, and what is wrong with it."""

import re
from base64 import b64decode
from collections.abc import Iterator
from html import unescape
from pathlib import Path, PureWindowsPath
from urllib.parse import unquote_to_bytes

from briefgen.files import file_in, files_below, read_file
from briefgen.model.findings import did_you_mean
from briefgen.model.texts import address_fault
from briefgen.render.pictures import KINDS, UnusablePictureError, picture_in

_LOCAL = re.compile(r"(?!(?i:www)\.)[\w.-]+(?:#\S*)?")
"""Another document of the edition, by its name."""
_OWN_FILE = re.compile(r"template:///|(?!//)[^:?#\\\\]*$")
DATA = re.compile(r"data:([\w.+/-]*)((?:;[\w=.-]+)*),(.*)", re.DOTALL | re.IGNORECASE)
_QUOTED = 60
_LITERAL = re.compile(
    r"""\{#.*?#\}|<!--.*?-->|<(?P<tag>img|a)\b[^<>]*?\s(?:src|href)=(?P<quote>["'])(?P<address>[^"'<>{}]*)(?P=quote)""",
    re.DOTALL | re.IGNORECASE,
)
Told = tuple[str, str, str]
"""The message, the hint, and the quotation of a fault."""


def address_faults(address: str, where: str, folders: tuple[Path, ...], *, paper: bool) -> Iterator[Told]:
    """Yield what is wrong with the address of a picture, a font or a style sheet."""
    data = DATA.fullmatch(address.strip())
    file = file_in(folders, address.strip()) if data is None and _OWN_FILE.match(address.strip()) else None
    if file and file.suffix.lower() in KINDS and ("<img" in where or paper):
        try:
            picture_in(read_file(file), KINDS[file.suffix.lower()])
        except UnusablePictureError as unusable:
            yield f"the picture '{address[:_QUOTED]}' {unusable.args[0]}", unusable.args[1], address
        return
    if data is None:
        yield from _of_other_file(address.strip(), where, folders, paper=paper)
        return
    kind = data[1].lower()
    if kind.startswith(("font/", "application/font")) and "<img" not in where:
        return
    try:
        content = b64decode(data[3]) if ";base64" in data[2].lower() else unquote_to_bytes(data[3])
        if picture_in(content, kind).content != content:
            notes = f"a picture in {where} holds notes beside it"
            yield notes, "write its address in plain base64", address[:_QUOTED]
    except ValueError:  # of base64
        yield f"a picture in {where} cannot be read: it is no base64", "", address[:_QUOTED]
    except UnusablePictureError as error:
        why, hint = error.args
        yield f"a picture in {where} {why}", hint, address[:_QUOTED]


def _of_other_file(address: str, where: str, folders: tuple[Path, ...], *, paper: bool) -> Iterator[Told]:
    """Yield what is wrong with the address of a file that is no picture of the templates folder."""
    is_own, is_picture = bool(_OWN_FILE.match(address)), "<img" in where
    if is_own and is_picture and not paper:
        names = (each.name for folder in folders for each in files_below(folder) if each.suffix.lower() in KINDS)
        hint = did_you_mean(PureWindowsPath(address).name, names) or "put the file there, as .svg, .png or .jpg"
        yield f"there is no file '{address[:_QUOTED]}' in the templates folder", hint, address
    elif not paper:
        own = "put the picture into templates/, as .svg, .png or .jpg, and name its file"
        hint = own if is_picture else "put it in as a data: address"
        yield f"{where} would load '{address[:_QUOTED]}', which no edition holds", hint, address
    elif not is_own:
        message = f"'{address[:_QUOTED]}' is no file of the templates folder; documents load nothing else"
        yield f"{where}: {message}", "", address


def link_faults(address: str) -> Iterator[Told]:
    """Yield what is wrong with the address of a link: to a place in the page, a document beside it, or the web."""
    if address.startswith(("#", "mailto:")) or _LOCAL.fullmatch(address) or not (fault := address_fault(address)):
        return
    hint = "a link leads to the web, to a place in the page (#sources), or to another document of the edition"
    if address.lower().startswith("www."):
        hint = "write https:// before it"
    elif re.fullmatch(r"[^\s@:/]+@[\w-]+(\.[\w-]+)+", address):
        hint = f"write mailto:{address}"
    elif address.startswith("http") and " " in address.strip():
        hint = f"write %20 for a space: {address.strip().replace(' ', '%20')[:_QUOTED]}"
    yield f"a link leads to '{address[:_QUOTED]}', which {fault}", hint, address[:_QUOTED]


def written_faults(template: str, folders: tuple[Path, ...]) -> Iterator[tuple[int, str, str]]:
    """Yield what is wrong with the pictures and links that a template names as they stand: where, what, what to do."""
    for found in _LITERAL.finditer(template):
        tag, address = (found["tag"] or "").lower(), unescape(found["address"] or "")
        told = address_faults(address, "<img>", folders, paper=False) if tag == "img" else link_faults(address)
        for message, hint, _ in told if tag else ():
            yield found.start("address"), message, hint
