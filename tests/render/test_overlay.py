"""A workspace's own template is laid over the shipped one of the same name; all others stay the shipped ones."""

from pathlib import Path
from tempfile import mkdtemp

from conftest import request_for, write_template

from briefgen.read import shipped_templates
from briefgen.render.html import render_text

from .jobs import jobs_of


def test_without_own_templates_the_shipped_ones_are_used(starter: Path) -> None:
    text = _at_a_glance(starter)
    assert "Northland–Southland" in text
    assert 'data-fact="ferry"' in text


def test_an_own_document_wins(starter: Path) -> None:
    write_template(starter, "at-a-glance", "<p>our own</p>")
    assert "<p>our own</p>" in _at_a_glance(starter)
    assert 'data-fact="ferry"' not in _at_a_glance(starter)


def test_an_own_part_is_used_by_the_shipped_document(starter: Path) -> None:
    part = starter / "templates" / "parts" / "masthead.html"
    assert (shipped_templates() / "parts" / "masthead.html").is_file()
    part.parent.mkdir()
    part.write_text("<h1>our own masthead</h1>", encoding="utf-8")
    text = _at_a_glance(starter)
    assert "<h1>our own masthead</h1>" in text
    assert 'data-fact="ferry"' in text


def test_an_own_document_uses_shipped_parts(starter: Path) -> None:
    write_template(starter, "at-a-glance", "{% set kind = 'Ours' %}{% include 'parts/masthead.html' %}")
    assert 'class="masthead"' in _at_a_glance(starter)


def test_templates_may_be_a_link_to_another_folder_of_the_workspace(starter: Path) -> None:
    write_template(starter, "at-a-glance", "<p>shared</p>")
    (starter / "templates").rename(starter / "shared")
    (starter / "templates").symlink_to("shared")
    assert "<p>shared</p>" in _at_a_glance(starter)


def _at_a_glance(workspace: Path) -> str:
    jobs = jobs_of(request_for(workspace), Path(mkdtemp(dir=workspace.parent)))
    job = next(job for job in jobs if (job.document, job.format) == ("at-a-glance", "html"))
    return render_text(job, "screen")
