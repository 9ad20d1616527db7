"""Each way in that the reading room must not have, tried on a real port."""

from __future__ import annotations

import socket
import stat
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
from tests.web.conftest import HOSTILE, Room

from onrecord.errors import InputError, UsageError
from onrecord.ingest import Failure, fetch
from onrecord.ingest import public as public_internet
from onrecord.ingest.public import is_public
from onrecord.web.access import kept_token, token_hash
from onrecord.web.limits import Limit

TOKEN = "a token that is long enough"


def the_documents(room: Room, **headers: str) -> list[dict[str, str]]:
    return room.client.get("/api/documents", headers=headers).json()["items"]


def test_an_article_with_scripts_in_it_is_just_text(room: Room) -> None:
    hostile = next(each for each in the_documents(room) if each["outlet"] == "<b>Outlet</b>")
    statements = room.client.get("/api/statements", params={"q": "script"}).json()["items"]
    pages = ["/", f"/d/{hostile['document_id']}", f"/s/{statements[0]['id']}", "/search?q=script", "/actors"]
    for path in pages:
        answer = room.client.get(path)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert 'href="javascript:' not in answer.text
        assert answer.text.count("<script") == 1  # our own, by its address
    text = room.client.get(pages[1]).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;img src=x onerror=alert(2)&gt;" in text
    assert "👩‍👩‍👧" in text
    assert HOSTILE in room.client.get(f"/api/documents/{hostile['document_id']}").json()["text"]


def test_every_answer_carries_the_policy_under_which_nothing_foreign_runs(room: Room) -> None:
    for path in ("/", "/nothing", "/api/statements", "/static/onrecord.css", "/d/../../etc/passwd"):
        headers = room.client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    page = room.client.get("/").text
    assert "style=" not in page
    assert "onclick" not in page


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/onrecord.py"],
)
def test_no_path_leads_to_other_files(room: Room, path: str) -> None:
    with socket.create_connection(("127.0.0.1", int(room.address.rsplit(":", 1)[1]))) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 404")
    assert b"create_app" not in answer


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "[::2]"])
def test_a_foreign_name_that_leads_here_is_refused(room: Room, host: str) -> None:
    assert room.client.get("/", headers={"host": host}).status_code == 421
    assert room.client.get("/api/statements", headers={"host": host}).status_code == 421


def test_the_names_of_this_machine_are_ours(room: Room) -> None:
    for host in ("localhost", "LOCALHOST:1234", "127.0.0.1", "[::1]:80"):
        assert room.client.get("/", headers={"host": host}).status_code == 200


def decide(room: Room, **fields: str) -> dict[str, str]:
    statement = room.client.get("/api/statements").json()["items"][0]["id"]
    return {"subject": statement, "verdict": "accepted", "by": "Ann", **fields}


def decisions(room: Room) -> int:
    statements = room.client.get("/api/statements").json()["items"]
    return sum(each["decision"] is not None for each in statements)


def test_a_change_needs_the_mark_of_our_own_page(room: Room) -> None:
    assert room.client.post("/decide", data=decide(room)).status_code == 403
    assert room.client.post("/decide", data=decide(room, form_mark="0" * 64)).status_code == 403
    stolen = room.visitor()
    assert room.client.post("/decide", data=decide(room, form_mark=stolen.mark())).status_code == 403
    stolen.client.close()
    assert decisions(room) == 0
    answer = room.client.post("/decide", data=decide(room, form_mark=room.mark()))
    assert answer.status_code == 303
    assert decisions(room) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_change_from_a_foreign_page_is_refused_even_with_the_mark(room: Room, headers: dict[str, str]) -> None:
    answer = room.client.post("/decide", data=decide(room, form_mark=room.mark()), headers=headers)
    assert answer.status_code == 403
    assert decisions(room) == 0


def test_after_a_decision_no_form_leads_to_a_foreign_site(room: Room) -> None:
    for leads_to in ("//evil.example", "https://evil.example", "/\\evil.example"):
        answer = room.client.post("/decide", data=decide(room, form_mark=room.mark(), next=leads_to))
        assert answer.headers["location"] == "/"


def test_what_is_shown_read_only_cannot_be_changed(serve: Callable[..., Room]) -> None:
    room = serve(readonly=True)
    for path in ("/decide", "/undo", "/merge", "/split", "/rename", "/read"):
        assert room.client.post(path, data=decide(room, form_mark=room.mark())).status_code == 403
    assert decisions(room) == 0
    statement = decide(room)["subject"]
    for path in ("/", f"/s/{statement}", "/actors"):
        assert 'method="post"' not in room.client.get(path).text


def test_without_the_token_nothing_is_shown(serve: Callable[..., Room]) -> None:
    room = serve(token=TOKEN)
    for path in ("/", "/api/statements", "/feed.atom", "/d/x", "/api/openapi.json"):
        answer = room.client.get(path)
        assert answer.status_code == 401
        assert "Roth" not in answer.text
    assert room.client.post("/enter", data={"token": "wrong", "form_mark": room.mark()}).status_code == 401
    answer = room.client.post("/enter", data={"token": TOKEN, "form_mark": room.mark()})
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert TOKEN not in cookie
    assert "Roth" in room.client.get("/").text


def test_a_program_shows_the_token_with_each_request(serve: Callable[..., Room]) -> None:
    room = serve(token=TOKEN)
    assert room.client.get("/api/statements", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert the_documents(room, authorization=f"Bearer {TOKEN}")


def test_a_session_that_we_did_not_make_opens_nothing(serve: Callable[..., Room]) -> None:
    room = serve(token=TOKEN)
    for forged in ("t" + "0" * 32, "t" + "0" * 32 + "." + "0" * 64, "t.\u00e9"):
        answer = httpx.get(f"{room.address}/", headers={"cookie": f"onrecord_session={forged}".encode()})
        assert answer.status_code == 401


def test_the_token_is_kept_as_its_hash_alone(tmp_path) -> None:
    place = tmp_path / "x.token"
    kept, token = kept_token(place)
    assert token is not None
    assert kept == token_hash(token)
    assert token not in place.read_text()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert kept_token(place) == (kept, None)
    renewed, another = kept_token(place, renew=True)
    assert another not in (None, token)
    assert renewed != kept
    place.write_text("something else")
    with pytest.raises(UsageError):
        kept_token(place)
    with pytest.raises(UsageError):
        token_hash("short")


def test_guessing_the_token_is_slowed_down(serve: Callable[..., Room]) -> None:
    room = serve(token=TOKEN)
    mark = room.mark()
    seen = {room.client.post("/enter", data={"token": "wrong", "form_mark": mark}).status_code for _ in range(12)}
    assert 429 in seen


def test_uploads_are_limited_in_size(room: Room) -> None:
    large = b"x" * (33 * 1024 * 1024)
    mark = room.mark("/read")
    # A server that answers before everything was sent may also close the connection.
    try:
        answer = room.client.post("/read", data={"form_mark": mark}, files={"files": ("a.txt", large)})
        assert answer.status_code == 413
    except httpx.WriteError:
        pass
    answer = room.client.post("/decide", content=b"x" * 300_000)
    assert answer.status_code == 413

    def unannounced():
        for _ in range(40):
            yield b"x" * 10_000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert room.client.post("/decide", content=unannounced(), headers=headers).status_code == 413


@pytest.mark.parametrize("name", ["a.exe", "a.gz", "a.txt.gz", "a", "a.pdf", "../../a.svg"])
def test_uploads_are_limited_in_kind(room: Room, name: str) -> None:
    answer = room.client.post("/read", data={"form_mark": room.mark("/read")}, files={"files": (name, b"text")})
    assert answer.status_code == 415


def test_reading_is_limited_in_rate(room: Room) -> None:
    mark = room.mark("/read")
    seen = [room.client.post("/read", data={"form_mark": mark, "text": "x"}).status_code for _ in range(12)]
    assert seen[0] == 303
    assert seen[-1] == 429


def test_the_rate_is_counted_for_each_visitor_and_comes_back() -> None:
    now = 0.0
    limit = Limit(at_once=2, per_minute=60, clock=lambda: now)
    assert [limit.wait_s("a"), limit.wait_s("a")] == [0, 0]
    assert limit.wait_s("a") == pytest.approx(1)
    assert limit.wait_s("b") == 0
    now = 1.0
    assert limit.wait_s("a") == 0
    assert limit.wait_s("a") > 0


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "255.255.255.255", "192.0.2.1", "2001:db8::1",
    ],
)  # fmt: skip
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_addresses_of_the_open_internet_are_public() -> None:
    assert all(map(is_public, ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34")))


def only_failure(url: str) -> InputError:
    (found,) = fetch(url, public=True, timeout_s=5)
    assert isinstance(found, Failure)
    assert isinstance(found.error, InputError)
    return found.error


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://2130706433:9/", "http://0x7f.1:9/",
     "https://127.0.0.1:9/"],
)  # fmt: skip
def test_private_addresses_are_not_fetched_however_they_are_written(url: str) -> None:
    assert "not on the open internet" in only_failure(url).message


class _Redirecting(BaseHTTPRequestHandler):
    target = ""
    seen = 0

    def do_GET(self) -> None:
        type(self).seen += 1
        self.send_response(302)
        self.send_header("Location", self.target)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def redirecting():
    with HTTPServer(("127.0.0.1", 0), _Redirecting) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("target", ["http://127.0.0.2:{port}/x", "http://localhost:{port}/x", "http://[::1]:{port}/x"])
def test_a_redirect_to_a_private_address_is_not_followed(redirecting, monkeypatch, target: str) -> None:
    port = redirecting.server_address[1]
    _Redirecting.target, _Redirecting.seen = target.format(port=port), 0
    # The first server stands for one on the open internet; whatever it leads to is judged as always.
    asked = []

    def first_is_public(address: str) -> bool:
        asked.append(address)
        return address == "127.0.0.1" if len(asked) == 1 else is_public(address)

    monkeypatch.setattr(public_internet, "is_public", first_is_public)
    assert "not on the open internet" in only_failure(f"http://127.0.0.1:{port}/").message
    assert _Redirecting.seen == 1


def test_a_redirect_to_a_file_is_not_followed(redirecting, monkeypatch) -> None:
    _Redirecting.target = "file:///etc/passwd"
    monkeypatch.setattr(public_internet, "is_public", lambda _: True)
    assert only_failure(f"http://127.0.0.1:{redirecting.server_address[1]}/").code == "OR-108"


def test_a_name_that_stands_for_a_private_address_among_others_is_not_fetched(monkeypatch) -> None:
    def resolve(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in ("93.184.216.34", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert "10.0.0.1" in only_failure("http://mixed.example/").message


def test_a_visitor_cannot_make_the_server_fetch_itself(room: Room) -> None:
    data = {"form_mark": room.mark("/read"), "url": room.address}
    job = room.client.post("/read", data=data).headers["location"]
    for _ in range(200):
        answer = room.client.get(job, headers={"accept": "application/json"}).json()
        if answer["over"]:
            break
    assert answer["kept"] == 0
    assert "not on the open internet" in room.client.get(job).text
