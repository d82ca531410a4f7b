"""The preview answers this machine's own page alone, and gives it nothing but what was made and what it is made of."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY, Direct
from starlette.testclient import TestClient

from briefgen.model.document import RenderedFile
from briefgen.tools.preview import server
from briefgen.tools.preview.server import listen, make_app
from briefgen.tools.preview.session import Session

NOW = datetime.combine(TODAY, time(9), UTC)
PORT = 8642
HOST = f"127.0.0.1:{PORT}"
ADDRESS = f"vn/{TODAY}/x.en.html"


@pytest.fixture
def client(tiny: Path) -> Iterator[TestClient]:
    session = Session(tiny, tiny / "out", lambda: NOW, Direct(), Direct(), Direct())
    session.kept.documents[ADDRESS] = RenderedFile(name="x.en.html", content=b"<p>hello</p>")
    with TestClient(make_app(session, PORT), base_url=f"http://{HOST}") as client:
        yield client


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": f"localhost:{PORT}"}, 200),
        ({"host": "127.0.0.1"}, 403),
        ({"host": f"127.0.0.1:{PORT + 1}"}, 403),
        ({"host": f"evil.example:{PORT}"}, 403),
        ({"host": f"127.0.0.1.evil.example:{PORT}"}, 403),
        ({"host": ""}, 403),
        ({"origin": f"http://{HOST}"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": f"https://{HOST}"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-dest": "document"}, 403),
    ],
)
def test_who_is_answered(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.get(f"/document/{ADDRESS}", headers=headers).status_code == status


def test_a_link_from_elsewhere_may_lead_to_the_page_itself_but_not_frame_it(client: TestClient) -> None:
    assert client.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-dest": "document"}).status_code == 200
    assert client.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-dest": "iframe"}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/static/preview.js", f"/document/{ADDRESS}", "/what-there-is", "/nothing"])
def test_every_answer_is_guarded(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers


def test_a_document_runs_no_script_and_loads_nothing(client: TestClient) -> None:
    policy = client.get(f"/document/{ADDRESS}").headers["content-security-policy"]
    assert policy.startswith("sandbox allow-same-origin; default-src 'none'")
    assert "script-src" not in policy
    assert "'unsafe" not in client.get("/").headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../session.py",
        "/static/..%2fsession.py",
        "/static/%2e%2e/server.py",
        "/static/..%5cserver.py",
        "/static//etc/passwd",
        "/static/preview.js%00",
        "/document/../../../etc/passwd",
        "/document/vn/2026-11-21/..%2f..%2fbriefgen.toml",
        "/document/vn/2026-11-21/%2e%2e%2f%2e%2e%2ffacts%2fsample.yaml",
        "/document/vn/today/x.en.html",
        "/document/vn/2026-11-22/x.en.html",
        "/facts/sample.yaml",
        "/briefgen.toml",
        f"/picture/{ADDRESS}/1/1",
        f"/picture/{ADDRESS}/1/99999",
        f"/places/vn/{TODAY}/y.en.pdf",
    ],
)
def test_no_other_file_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_only_opening_is_posted(client: TestClient, method: str) -> None:
    found = client.request(method, "/", headers={"origin": f"http://{HOST}"})
    assert found.status_code == 405


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, {"file": "facts/sample.yaml", "line": 3}, 403),
        ({"origin": "http://evil.example"}, {"file": "facts/sample.yaml", "line": 3}, 403),
        ({"origin": f"http://{HOST}"}, {"file": "facts/sample.yaml", "line": 3}, 204),
        ({"origin": f"http://{HOST}"}, {"file": "/etc/passwd", "line": 1}, 404),
        ({"origin": f"http://{HOST}"}, {"file": "facts/../../secret", "line": 1}, 404),
        ({"origin": f"http://{HOST}"}, {"file": "facts", "line": 1}, 404),
        ({"origin": f"http://{HOST}"}, {"file": "out/x", "line": 1}, 404),
        ({"origin": f"http://{HOST}"}, {"file": "facts/link.yaml", "line": 1}, 404),
        ({"origin": f"http://{HOST}"}, {"file": "facts/sample.yaml"}, 400),
        ({"origin": f"http://{HOST}"}, {"file": "facts/sample.yaml", "line": "x"}, 400),
        ({"origin": f"http://{HOST}"}, ["facts"], 400),
    ],
)
def test_only_inputs_are_opened_and_only_for_the_page(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], body: Any, status: int
) -> None:
    (tiny.parent / "secret").write_text("", encoding="utf-8")
    (tiny / "facts" / "link.yaml").symlink_to(tiny.parent / "secret")
    (tiny / "out").mkdir(exist_ok=True)
    (tiny / "out" / "x").write_text("", encoding="utf-8")
    opened = []
    monkeypatch.setattr(server, "find_editor", lambda: ("code",))
    monkeypatch.setattr(server, "open_in_editor", lambda _, path, place: opened.append((path, place.line)))
    session = Session(tiny, tiny / "out", lambda: NOW, Direct(), Direct(), Direct())
    with TestClient(make_app(session, PORT), base_url=f"http://{HOST}") as client:
        assert client.post("/open", json=body, headers=headers).status_code == status
    assert opened == ([(tiny / "facts" / "sample.yaml", 3)] if status == 204 else [])


@pytest.mark.parametrize(
    "query", ["format=exe", "format=html&day=tomorrow", "format=html&" + "&".join(["language=en"] * 7)]
)
def test_a_view_that_makes_no_sense_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/events?{query}").status_code == 400


def test_it_listens_on_this_machine_alone_and_elsewhere_if_the_port_is_taken() -> None:
    with listen(0) as first:
        host, port = first.getsockname()
        first.listen()
        assert host == "127.0.0.1"
        with listen(port) as second:
            assert second.getsockname()[1] != port
