"""A template can call no Python, change nothing, and read no file that is not a template."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from briefgen.model.document import Job, Page, TemplateError
from briefgen.render.html import labels_used, render_text
from briefgen.render.templates import Templates

Make = Callable[..., Job]

FORBIDDEN = {
    "the class of a text": "{{ ''.__class__.__mro__ }}",
    "the class by a filter": "{{ '' | attr('__class__') }}",
    "the class by a key": "{{ page['__class__'] }}",
    "the class by a format": "{{ '{0.__class__}'.format(page) }}",
    "the class by a mapping's format": "{{ '{a.__class__.__init__}'.format_map({'a': page}) }}",
    "a constructor": "{{ page.__init__ }}",
    "the globals of a label": "{{ _.__globals__ }}",
    "the code of a label": "{{ _.__code__ }}",
    "the frame of a generator": "{{ (page.upcoming | map('upper')).gi_frame }}",
    "a range": "{% for number in range(10 ** 9) %}x{% endfor %}",
    "Jinja's own words": "{{ lipsum() }}",
    "a namespace": "{% set kept = namespace() %}",
    "chance": "{{ [1, 2, 3] | random }}",
    "an import": "{{ __import__('os') }}",
    "self": "{{ self.__init__ }}",
    "a statement": "{% do page.labels.clear() %}",
    "a field to be set": "{% set page.lang = 'xx' %}",
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_template_is_confined(name: str, tiny_job: Make) -> None:
    with pytest.raises(TemplateError) as caught:
        render_text(tiny_job(FORBIDDEN[name]), "screen")
    assert caught.value.line == 1
    assert "0x" not in caught.value.message  # no address in memory, which would tell something of the machine


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.labels.clear() }}",
        "{{ page.labels.update({'Sources': 'x'}) }}",
        "{{ page.labels.pop('Sources') }}",
        "{{ look.update({'accent': 'x'}) }}",
        "{% set list = [1] %}{{ list.append(2) }}",
        "{% set list = [2, 1] %}{{ list.sort() }}",
    ],
)
def test_a_template_changes_nothing(text: str, page: Page, tiny_job: Make) -> None:
    job = tiny_job(text, page=replace(page, labels={"Sources": "Quellen"}), look={"accent": "#123"})
    with pytest.raises(TemplateError, match="may not be used in a template"):
        render_text(job, "screen")
    look: object = job.look
    assert (job.page.labels, look) == ({"Sources": "Quellen"}, {"accent": "#123"})


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside the templates."""
    path = tmp_path / "facts" / "secret.html"
    path.parent.mkdir()
    path.write_text("the secret {{ _('Label') }}", encoding="utf-8")
    return path


@pytest.mark.parametrize("tag", ["{{% include '{}' %}}", "{{% extends '{}' %}}", "{{% import '{}' as x %}}"])
@pytest.mark.parametrize("way", ["../facts/secret.html", "/absolute/", "link.html", "folder/secret.html", "a\\0b"])
def test_no_way_leads_out_of_the_templates(tag: str, way: str, secret: Path, templates: Path, tiny_job: Make) -> None:
    job = tiny_job(tag.format(str(secret) if way == "/absolute/" else way))
    (templates / "link.html").symlink_to(secret)
    (templates / "folder").symlink_to(secret.parent)
    with pytest.raises(TemplateError) as caught:
        render_text(job, "screen")
    assert (Path(caught.value.file).name, caught.value.line) == ("tiny.html", 1)
    assert "the secret" not in f"{caught.value.message}{caught.value.hint}"


@pytest.mark.parametrize("way", ["../nowhere", "parts/../../nowhere", "/nowhere", "shipped/../nowhere"])
def test_whether_there_is_a_file_outside_cannot_be_asked(way: str, tiny_job: Make) -> None:
    for names in (repr(way), repr(["no.html", way])):
        with pytest.raises(TemplateError, match="leads out of the templates folder"):
            render_text(tiny_job(f"{{% include {names} ignore missing %}}"), "screen")


def test_the_document_itself_may_not_be_a_link_out(secret: Path, templates: Path, tiny_job: Make) -> None:
    job = tiny_job("")
    (templates / "tiny.html").unlink()
    (templates / "tiny.html").symlink_to(secret)
    with pytest.raises(TemplateError, match=r"'tiny\.html' leads out of the templates folder"):
        render_text(job, "screen")


def test_labels_are_not_read_through_a_link_either(secret: Path, templates: Path) -> None:
    (templates / "link.html").symlink_to(secret)
    with pytest.raises(TemplateError, match=r"'link\.html' leads out of the templates folder"):
        list(labels_used(Templates((templates,))))


def test_a_link_within_the_templates_is_fine(templates: Path, tiny_job: Make) -> None:
    (templates / "one.html").write_text("one", encoding="utf-8")
    (templates / "two.html").symlink_to("one.html")
    assert render_text(tiny_job("{% include 'two.html' %}"), "screen") == "one"
