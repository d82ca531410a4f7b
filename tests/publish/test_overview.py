"""The page over several partnerships: it leads to each, by its title in every language."""

import json
from pathlib import Path

from briefgen.publish.write import write_overview


def published(out: Path, partnership: str, **titles: str) -> None:
    folder = out / partnership / "latest"
    folder.mkdir(parents=True)
    names = {code: {partnership: title} for code, title in titles.items()}
    (folder / "index.html").touch()
    (folder / "briefing.json").write_text(json.dumps({"partnership": partnership, "names": names}), encoding="utf-8")


def test_one_partnership_needs_none(tmp_path: Path) -> None:
    published(tmp_path, "vn-kr", en="Relations")
    write_overview(tmp_path)
    assert not (tmp_path / "index.html").exists()


def test_it_leads_to_each_by_its_titles(tmp_path: Path) -> None:
    published(tmp_path, "vn-kr", en="Relations", ko="한-베트남 관계")
    published(tmp_path, "a-b", en="<b>", vi="<b>")
    published(tmp_path, "pdfs-alone", en="PDFs")
    (tmp_path / "pdfs-alone/latest/index.html").unlink()
    (tmp_path / "c-d/latest").mkdir(parents=True)
    (tmp_path / "c-d/latest/briefing.json").write_text("{", encoding="utf-8")
    write_overview(tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert '<a href="a-b/latest/index.html"><span lang="en">&lt;b&gt;</span></a>' in page
    assert (
        '<a href="vn-kr/latest/index.html"><span lang="en">Relations</span> · <span lang="ko">한-베트남 관계</span></a>'
        in page
    )
    assert '<a href="pdfs-alone/latest/"><span lang="en">PDFs</span></a>' in page
    assert "c-d" not in page
