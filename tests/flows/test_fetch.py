"""Fetching against a server that misbehaves: network faults N01 to N18, security Z01 to Z03."""

import gzip
import os
import resource
import socket
import time
import traceback
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Thread

import brotli
import pyarrow as pa
import pytest

from flows.fetch import REASONS, FetchPolicy, Validators, fetch
from flows.fetching.answers import retry_after
from transforms.errors import FetchError

MIB = 1024 * 1024
PAGE = b"<html><body><p>Nothing happened in Malton on Monday.</p></body></html>"


def reason(call, *args, **kwargs):
    with pytest.raises(FetchError) as caught:
        call(*args, **kwargs)
    assert caught.value.reason in REASONS
    return caught.value.reason


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def test_a_whole_page_comes_back_with_its_record(server, http, get):
    server.routes["/a"] = http.answer(PAGE, Content_Type="text/html; charset=utf-8", ETag='"1"')
    got = get(server.url("/a"))
    assert (got.status, got.body, got.etag) == (200, PAGE, '"1"')
    assert got.content_type == "text/html; charset=utf-8"
    assert got.final_url == server.url("/a")
    assert got.wire_bytes == len(PAGE)
    assert not got.unchanged


def test_the_agent_says_who_it_is_and_what_it_can_read(server, http, get):
    server.routes["/a"] = http.answer(PAGE)
    get(server.url("/a"), user_agent="ledger/9", contact="press@example.org")
    sent = server.requests[-1].headers
    assert sent["user-agent"] == "ledger/9 (+press@example.org)"
    assert sent["accept-encoding"] == "gzip, deflate, br, zstd"
    assert "cookie" not in sent
    assert "authorization" not in sent


def test_a_single_fetch_needs_no_fetcher(server, http):
    server.routes["/a"] = http.answer(PAGE)
    policy = FetchPolicy(delay=0)
    assert (
        fetch(server.url("/a"), policy=policy, internal_hosts=frozenset({"127.0.0.1"})).body == PAGE
    )


# N01: nobody there


def test_a_closed_port_is_refused_and_tried_again(get):
    assert reason(get, f"http://127.0.0.1:{free_port()}/") == "refused"


def test_a_name_without_address_is_dns(get):
    def no_such_name(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert reason(get, "http://nowhere.example/", resolver=no_such_name) == "dns"


def test_a_resolver_that_hangs_ends_at_the_deadline(get):
    def slow(host, port):
        time.sleep(3)
        return []

    started = time.monotonic()
    assert reason(get, "http://nowhere.example/", resolver=slow, deadline=0.3, retries=0) == "dns"
    assert time.monotonic() - started < 1


# N02 to N04: slow and endless


def test_a_body_that_drips_ends_at_the_deadline(server, http, get):
    head = http.answer(b"", length=False, Content_Length="5000")
    server.routes["/a"] = lambda connection, request: (
        connection.sendall(head),
        http.drip(b"x", 0.05)(connection, request),
    )[1]
    started = time.monotonic()
    assert reason(get, server.url("/a"), deadline=0.6, robots=False) == "deadline"
    assert time.monotonic() - started < 1.2


def test_headers_that_drip_end_at_the_deadline(server, http, get):
    server.routes["/a"] = http.drip(b"HTTP/1.1 200 OK\r\nX-Slow: ", 0.05)
    started = time.monotonic()
    assert reason(get, server.url("/a"), deadline=0.6, robots=False) == "deadline"
    assert time.monotonic() - started < 1.2


def test_a_server_that_never_answers_ends_at_the_deadline(server, get):
    server.routes["/a"] = lambda connection, request: time.sleep(5)
    started = time.monotonic()
    assert reason(get, server.url("/a"), deadline=0.4, robots=False) == "deadline"
    assert time.monotonic() - started < 1


def test_a_slow_robots_txt_is_held_to_the_same_deadline(server, http, get):
    server.routes["/robots.txt"] = http.drip(b"HTTP/1.1 200 OK\r\n", 0.05)
    started = time.monotonic()
    assert reason(get, server.url("/a"), deadline=0.5) == "deadline"
    assert time.monotonic() - started < 1


def test_tls_that_drips_ends_at_the_deadline(make_server, make_certificate, http, get):
    server = make_server(make_certificate())
    head = http.answer(b"", length=False, Content_Length="5000")
    server.routes["/a"] = lambda connection, request: (
        connection.sendall(head),
        http.drip(b"x", 0.05)(connection, request),
    )[1]
    rules = {"deadline": 0.6, "robots": False, "ca_file": make_certificate.root}
    assert reason(get, server.url("/a"), **rules) == "deadline"


def test_a_tls_handshake_that_stalls_ends_at_the_deadline(get):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        started = time.monotonic()
        assert reason(get, url, deadline=0.4, robots=False) == "deadline"
        assert time.monotonic() - started < 1


def test_an_endless_body_stops_at_the_byte_cap(server, http, get):
    sent = 0

    def endless(connection, request):
        nonlocal sent
        connection.sendall(http.answer(b"", length=False))
        while True:
            sent += connection.send(b"x" * 65536)

    server.routes["/a"] = endless
    assert reason(get, server.url("/a"), limit=MIB) == "too_large"
    assert sent < 16 * MIB


def test_a_body_at_the_cap_passes_and_one_byte_more_does_not(server, http, get):
    server.routes["/fits"] = http.answer(b"x" * 1000)
    server.routes["/not"] = http.answer(b"x" * 1001)
    assert len(get(server.url("/fits"), limit=1000).body) == 1000
    assert reason(get, server.url("/not"), limit=1000) == "too_large"


# N05, N06: cut short


@pytest.mark.parametrize(
    "payload",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n40\r\ncut",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3000\r\nContent-Encoding: gzip\r\n\r\n"
        + gzip.compress(os.urandom(2500))[:800],
    ],
    ids=["length", "chunk", "no last chunk", "gzip"],
)
def test_a_body_cut_short_is_tried_three_times_and_put_off(server, http, get, payload):
    server.routes["/a"] = http.closing(payload)
    assert reason(get, server.url("/a"), robots=False) == "truncated"
    assert server.hits("/a") == 3


def test_a_body_that_comes_whole_the_second_time_is_taken(server, http, get):
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this"
    server.routes["/a"] = http.sequence(http.closing(cut), http.answer(PAGE))
    assert get(server.url("/a")).body == PAGE


def zstd(body):
    return pa.compress(body, codec="zstd", asbytes=True)


def raw_deflate(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd,
}
TEXT = b"<p>" + b" ".join(b"word%d" % i for i in range(5000)) + b"</p>"


@pytest.mark.parametrize("encoding", PACKERS)
def test_a_compressed_stream_without_its_end_is_truncated(server, http, get, encoding):
    packed = PACKERS[encoding](TEXT)
    server.routes["/a"] = http.answer(packed[: len(packed) // 2], Content_Encoding=encoding)
    assert reason(get, server.url("/a"), robots=False) == "truncated"
    assert server.hits("/a") == 3


@pytest.mark.parametrize("encoding", PACKERS)
def test_every_encoding_is_undone(server, http, get, encoding):
    server.routes["/a"] = http.answer(PACKERS[encoding](TEXT), Content_Encoding=encoding)
    got = get(server.url("/a"))
    assert got.body == TEXT
    assert got.wire_bytes < len(TEXT)


def test_deflate_without_its_header_members_and_trailing_bytes(server, http, get):
    server.routes["/raw"] = http.answer(raw_deflate(TEXT), Content_Encoding="deflate")
    two = gzip.compress(b"first ") + gzip.compress(b"second")
    server.routes["/two"] = http.answer(two, Content_Encoding="x-gzip")
    server.routes["/more"] = http.answer(gzip.compress(TEXT) + b"junk", Content_Encoding="gzip")
    assert get(server.url("/raw")).body == TEXT
    assert get(server.url("/two")).body == b"first second"
    more = get(server.url("/more"))
    assert (more.body, more.notes) == (TEXT, ("trailing_bytes",))


# N07: bombs


def bomb(encoding, size):
    block = bytes(MIB)
    if encoding == "zstd":
        sink = pa.BufferOutputStream()
        with pa.CompressedOutputStream(sink, "zstd") as stream:
            for _ in range(size // MIB):
                stream.write(block)
        return sink.getvalue().to_pybytes()
    if encoding == "br":
        packer = brotli.Compressor(quality=5)
        return b"".join(packer.process(block) for _ in range(size // MIB)) + packer.finish()
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    return b"".join(packer.compress(block) for _ in range(size // MIB)) + packer.flush()


@pytest.mark.parametrize("encoding", PACKERS)
def test_a_bomb_stops_at_the_cap_with_little_memory(server, http, get, encoding):
    size = 64 * MIB
    server.routes["/a"] = http.answer(bomb(encoding, size), Content_Encoding=encoding)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert reason(get, server.url("/a"), limit=5 * MIB) == "bomb"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024
    assert server.hits("/a") == 1


@pytest.mark.slow
@pytest.mark.parametrize("encoding", PACKERS)
def test_a_bomb_of_a_gibibyte(server, http, get, encoding):
    server.routes["/a"] = http.answer(bomb(encoding, 1024 * MIB), Content_Encoding=encoding)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    assert reason(get, server.url("/a"), limit=15 * MIB) == "bomb"
    assert time.monotonic() - started < 3
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


# N08: encodings that lie


@pytest.mark.parametrize("encoding", [*PACKERS, "x-gzip", "aes128gcm"])
def test_a_plain_body_under_a_false_encoding_is_read_as_it_is(server, http, get, encoding):
    server.routes["/a"] = http.answer(PAGE, Content_Encoding=encoding)
    got = get(server.url("/a"))
    assert (got.body, got.notes) == (PAGE, ("lying_encoding",))


def test_a_chain_of_encodings_is_followed_to_two_and_refused_beyond(server, http, get):
    twice = gzip.compress(gzip.compress(PAGE))
    server.routes["/two"] = http.answer(twice, Content_Encoding="gzip, gzip")
    server.routes["/ten"] = http.answer(PAGE, Content_Encoding=", ".join(["gzip"] * 10))
    assert get(server.url("/two")).body == PAGE
    assert reason(get, server.url("/ten")) == "encoding"


@pytest.mark.parametrize("encoding", ["gzip", "aes128gcm", "zstd", "br", "deflate"])
def test_noise_is_no_encoding(server, http, get, encoding):
    noise = b"\xff\xfd" + bytes(range(255, 0, -1)) * 3
    server.routes["/a"] = http.answer(noise, Content_Encoding=encoding)
    assert reason(get, server.url("/a"), retries=0) in ("encoding", "truncated")


def test_an_empty_body_may_say_what_it_wants(server, http, get):
    server.routes["/a"] = http.answer(b"", Content_Encoding="gzip")
    assert get(server.url("/a")).body == b""


# N09: lengths that lie


@pytest.mark.parametrize("length", ["1000000000000000", "-1", "abc", "", "9" * 400])
def test_an_impossible_length_is_none(server, http, get, length):
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n".encode()
    server.routes["/a"] = http.closing(head + PAGE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert get(server.url("/a"), robots=False).body == PAGE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_two_lengths_are_a_broken_protocol(server, http, get):
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"
    server.routes["/a"] = http.closing(head)
    assert reason(get, server.url("/a"), robots=False) == "protocol"


@pytest.mark.parametrize(
    "payload",
    [
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: 1\r\n" % i for i in range(200)) + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
    ],
    ids=["status", "many headers", "long header"],
)
def test_what_is_no_http_is_told_so(server, http, get, payload):
    server.routes["/a"] = http.closing(payload)
    assert reason(get, server.url("/a"), robots=False) == "protocol"


def test_a_connection_closed_without_a_word_is_tried_again(server, http, get):
    server.routes["/a"] = http.sequence(http.closing(b""), http.answer(PAGE))
    assert get(server.url("/a"), robots=False).body == PAGE
    server.routes["/b"] = http.closing(b"")
    assert reason(get, server.url("/b"), robots=False) == "connection"


# N10, N11: redirects


def redirect(http, target, status=302):
    return http.answer(b"", status=f"{status} Moved", Location=target)


def test_a_redirect_loop_ends(server, http, get):
    server.routes["/a"] = redirect(http, "/b")
    server.routes["/b"] = redirect(http, "/a")
    assert reason(get, server.url("/a")) == "redirects"
    assert server.hits("/a") + server.hits("/b") == 6


@pytest.mark.parametrize(("hops", "fine"), [(5, True), (6, False)])
def test_five_redirects_are_followed(server, http, get, hops, fine):
    for n in range(hops):
        server.routes[f"/{n}"] = redirect(http, f"/{n + 1}")
    server.routes[f"/{hops}"] = http.answer(PAGE)
    if fine:
        assert get(server.url("/0")).final_url == server.url(f"/{hops}")
    else:
        assert reason(get, server.url("/0")) == "redirects"


@pytest.mark.parametrize(
    ("statuses", "lasting"),
    [
        ((301,), "/1"), ((308,), "/1"), ((302,), None), ((303,), None), ((307,), None),
        ((301, 308), "/2"), ((301, 302), "/1"), ((302, 301), None),
    ],
)  # fmt: skip
def test_only_permanent_redirects_last(server, http, get, statuses, lasting):
    for n, status in enumerate(statuses):
        server.routes[f"/{n}"] = redirect(http, f"/{n + 1}", status)
    server.routes[f"/{len(statuses)}"] = http.answer(PAGE)
    got = get(server.url("/0"))
    assert got.permanent_url == (lasting and server.url(lasting))


def test_the_body_of_a_redirect_is_not_read(server, http, get):
    def endless(connection, request):
        head = b"HTTP/1.1 302 Found\r\nLocation: /b\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head)
        while True:
            connection.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")

    server.routes["/a"] = endless
    server.routes["/b"] = http.answer(PAGE)
    started = time.monotonic()
    assert get(server.url("/a")).body == PAGE
    assert time.monotonic() - started < 1


def test_a_redirect_without_a_target_is_a_status(server, http, get):
    server.routes["/a"] = http.answer(b"", status="302 Found")
    assert reason(get, server.url("/a")) == "http_status"


# N12, N13: statuses


@pytest.mark.parametrize(
    ("status", "expected", "hits"),
    [
        ("404 Not Found", "not_found", 1),
        ("410 Gone", "gone", 1),
        ("403 Forbidden", "forbidden", 1),
        ("418 Teapot", "http_status", 1),
        ("206 Partial Content", "http_status", 1),
        ("204 No Content", "http_status", 1),
        ("500 Oh", "server_error", 3),
        ("502 Oh", "server_error", 3),
        ("503 Oh", "server_error", 3),
        ("429 Too Many Requests", "rate_limited", 1),
    ],
)
def test_a_status_has_a_reason_and_only_what_can_pass_is_tried_again(
    server, http, get, status, expected, hits
):
    server.routes["/a"] = http.answer(b"<html>sorry</html>", status=status)
    assert reason(get, server.url("/a")) == expected
    assert server.hits("/a") == hits


def test_a_server_error_that_passes_is_forgotten(server, http, get):
    server.routes["/a"] = http.sequence(http.answer(b"", status="502 Oh"), http.answer(PAGE))
    assert get(server.url("/a")).body == PAGE


NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        (None, None, None),
        ("120", None, 120.0),
        ("0", None, 1.0),
        ("315360000", None, 21600.0),
        ("9" * 300, None, 21600.0),
        ("-5", None, None),
        ("soon", None, None),
        ("", None, None),
        ("12.5", None, None),
        ("²", None, None),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), None, 90.0),
        (format_datetime(NOW - timedelta(days=90), usegmt=True), None, 1.0),
        (format_datetime(NOW + timedelta(days=3650), usegmt=True), None, 21600.0),
        ("Sun, 22 Nov 2026 05:00:30 GMT", "Sun, 22 Nov 2026 05:00:00 GMT", 30.0),
        ("Sun, 99 Nov 99999 05:00:30 GMT", None, None),
    ],
)
def test_retry_after_is_read_and_clamped(value, date, seconds):
    assert retry_after(value, date, NOW) == seconds


def test_a_host_that_asks_for_time_gets_it_and_others_do_not_wait(make_server, http, make_fetcher):
    busy, other = make_server(), make_server()
    busy.routes["/a"] = http.sequence(
        http.answer(b"", status="503 Busy", Retry_After="1"), http.answer(PAGE)
    )
    other.routes["/a"] = http.answer(PAGE)
    fetcher = make_fetcher(robots=False)
    own = frozenset({"127.0.0.1"})
    assert reason(fetcher.fetch, busy.url("/a"), internal_hosts=own) == "rate_limited"
    started = time.monotonic()
    fetcher.fetch(other.url("/a"), internal_hosts=own)
    assert time.monotonic() - started < 0.5
    fetcher.fetch(busy.url("/a"), internal_hosts=own)
    assert 0.7 < time.monotonic() - started < 2


def test_a_wait_beyond_the_night_is_not_waited(server, http, make_fetcher):
    server.routes["/a"] = http.answer(b"", status="429 Slow Down", Retry_After="3600")
    fetcher = make_fetcher(window=60, robots=False)
    own = frozenset({"127.0.0.1"})
    assert reason(fetcher.fetch, server.url("/a"), internal_hosts=own) == "rate_limited"
    assert reason(fetcher.fetch, server.url("/a"), internal_hosts=own) == "rate_limited"
    assert server.hits("/a") == 1


# N14, N15: conditional requests


def test_validators_bring_304_and_go_only_to_the_address_that_gave_them(server, http, get):
    def conditional(connection, request):
        known = request.headers.get("if-none-match") == '"1"'
        connection.sendall(
            http.answer(b"", status="304 Not Modified", length=False)
            if known
            else http.answer(PAGE)
        )

    server.routes["/a"] = conditional
    url = server.url("/a")
    got = get(url, validators=Validators(url, '"1"', "Sun, 22 Nov 2026 05:00:00 GMT"))
    assert (got.status, got.unchanged, got.body) == (304, True, b"")
    assert server.requests[-1].headers["if-modified-since"] == "Sun, 22 Nov 2026 05:00:00 GMT"
    assert get(url, validators=Validators(server.url("/other"), '"1"')).status == 200
    assert "if-none-match" not in server.requests[-1].headers


def test_304_without_a_condition_is_asked_again(server, http, get):
    unasked = http.answer(b"", status="304 Not Modified", length=False)
    server.routes["/a"] = http.sequence(unasked, http.answer(PAGE))
    server.routes["/b"] = unasked
    assert get(server.url("/a")).body == PAGE
    assert server.requests[-1].headers["cache-control"] == "no-cache"
    assert reason(get, server.url("/b")) == "http_status"


# N16: TLS


def test_tls_with_a_trusted_certificate(make_server, make_certificate, http, get):
    server = make_server(make_certificate())
    server.routes["/a"] = http.answer(PAGE)
    assert get(server.url("/a"), ca_file=make_certificate.root).body == PAGE


@pytest.mark.parametrize(
    "flaw",
    [{"days": (-30, -1)}, {"hosts": ("127.0.0.2",)}, {"self_signed": True}],
    ids=["expired", "wrong host", "self-signed"],
)
def test_a_bad_certificate_is_refused_once_and_for_all(
    make_server, make_certificate, http, get, flaw
):
    server = make_server(make_certificate(**flaw))
    server.routes["/a"] = http.answer(PAGE)
    assert reason(get, server.url("/a"), ca_file=make_certificate.root) == "tls"
    assert server.requests == []


def test_an_unknown_authority_is_refused(make_server, make_certificate, get):
    assert reason(get, make_server(make_certificate()).url("/a")) == "tls"


def test_plain_http_on_a_tls_address_is_tls(get):
    def answer_plainly():
        with plain.accept()[0] as connection:
            connection.sendall(b"HTTP/1.1 400 Bad\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as plain:
        Thread(target=answer_plainly).start()
        assert reason(get, f"https://127.0.0.1:{plain.getsockname()[1]}/", robots=False) == "tls"


# N18: robots.txt and many requests to one host


def robots(http, text):
    return http.answer(text.encode(), Content_Type="text/plain")


def test_robots_txt_is_obeyed_and_read_once(server, http, make_fetcher):
    server.routes["/robots.txt"] = robots(http, "User-agent: *\nDisallow: /private/\n")
    server.routes["/a"] = server.routes["/b"] = http.answer(PAGE)
    fetcher = make_fetcher()
    own = frozenset({"127.0.0.1"})
    fetcher.fetch(server.url("/a"), internal_hosts=own)
    fetcher.fetch(server.url("/b"), internal_hosts=own)
    assert reason(fetcher.fetch, server.url("/private/x"), internal_hosts=own) == "robots"
    assert server.hits("/robots.txt") == 1
    assert server.hits("/private/x") == 0


@pytest.mark.parametrize(
    ("status", "expected"),
    [("404 Not Found", None), ("403 No", None), ("500 Oh", "robots_unreachable"),
     ("503 Oh", "robots_unreachable"), ("429 Slow", "robots_unreachable")],
)  # fmt: skip
def test_no_robots_txt_allows_and_a_broken_one_forbids(server, http, get, status, expected):
    server.routes["/robots.txt"] = http.answer(b"", status=status)
    server.routes["/a"] = http.answer(PAGE)
    if expected:
        assert reason(get, server.url("/a")) == expected
        assert server.hits("/a") == 0
    else:
        assert get(server.url("/a")).body == PAGE


def test_a_robots_txt_without_end_is_obeyed_as_far_as_it_is_read(server, http, get):
    rules = "User-agent: *\nDisallow: /private/\n" + "# nothing\n" * 100_000
    server.routes["/robots.txt"] = robots(http, rules)
    server.routes["/a"] = http.answer(PAGE)
    assert get(server.url("/a")).body == PAGE
    assert reason(get, server.url("/private/x")) == "robots"


def test_robots_txt_of_a_redirect_target_is_obeyed(make_server, http, get):
    first, second = make_server(), make_server()
    first.routes["/a"] = redirect(http, second.url("/private/a"))
    second.routes["/robots.txt"] = robots(http, "User-agent: *\nDisallow: /private\n")
    second.routes["/private/a"] = http.answer(PAGE)
    assert reason(get, first.url("/a")) == "robots"
    assert second.hits("/private/a") == 0


def test_requests_to_one_host_keep_their_pause(server, http, make_fetcher):
    server.routes["/a"] = http.answer(PAGE)
    fetcher = make_fetcher(delay=0.2, robots=False)
    for _ in range(3):
        fetcher.fetch(server.url("/a"), internal_hosts=frozenset({"127.0.0.1"}))
    gaps = [b - a for a, b in zip(server.times, server.times[1:], strict=False)]
    assert min(gaps) > 0.15


def test_crawl_delay_slows_down_up_to_the_cap(server, http, make_fetcher):
    server.routes["/robots.txt"] = robots(http, "User-agent: *\nCrawl-delay: 9999\n")
    server.routes["/a"] = http.answer(PAGE)
    fetcher = make_fetcher(max_delay=0.3)
    started = time.monotonic()
    for _ in range(2):
        fetcher.fetch(server.url("/a"), internal_hosts=frozenset({"127.0.0.1"}))
    assert 0.25 < time.monotonic() - started < 1.5


def test_a_host_that_fails_repeatedly_is_left_alone(make_fetcher):
    fetcher = make_fetcher(host_failures=2, retries=0)
    url = f"http://127.0.0.1:{free_port()}/"
    own = frozenset({"127.0.0.1"})
    seen = [reason(fetcher.fetch, url, internal_hosts=own) for _ in range(3)]
    assert seen == ["refused", "refused", "host_down"]


def test_a_dead_redirect_target_is_not_held_against_who_points_to_it(server, http, make_fetcher):
    server.routes["/a"] = redirect(http, f"http://127.0.0.1:{free_port()}/x")
    server.routes["/b"] = http.answer(PAGE)
    fetcher = make_fetcher(host_failures=1, retries=0)
    own = frozenset({"127.0.0.1"})
    assert reason(fetcher.fetch, server.url("/a"), internal_hosts=own) == "refused"
    assert fetcher.fetch(server.url("/b"), internal_hosts=own).body == PAGE


# Z01: addresses of one's own network


def resolves_to(*addresses):
    def resolver(host, port):
        return [
            (socket.AF_INET6 if ":" in a else socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port))
            for a in addresses
        ]

    return resolver


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1",
        "169.254.169.254", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fc00::1", "ff02::1", "fec0::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe", "fd00:ec2::254",
    ],
)  # fmt: skip
def test_a_name_that_leads_home_is_refused(get, address):
    call = {"internal_hosts": frozenset(), "resolver": resolves_to(address)}
    assert reason(get, "http://news.example/", **call) == "ssrf"


def test_one_private_address_among_public_ones_is_enough(get):
    resolver = resolves_to("93.184.215.14", "127.0.0.1")
    assert (
        reason(get, "http://news.example/", internal_hosts=frozenset(), resolver=resolver) == "ssrf"
    )


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "0.0.0.0", "::", "224.0.0.1"])
def test_not_even_an_internal_feed_may_go_there(get, address):
    own = frozenset({"news.example"})
    call = {"internal_hosts": own, "resolver": resolves_to(address)}
    assert reason(get, "http://news.example/", **call) == "ssrf"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]",
        "[::ffff:127.0.0.1]", "0", "１２７.0.0.1",
    ],
)  # fmt: skip
def test_every_spelling_of_loopback_is_refused(server, http, get, host):
    server.routes["/a"] = http.answer(PAGE)
    url = f"http://{host}:{server.port}/a"
    assert reason(get, url, internal_hosts=frozenset(), retries=0) in ("ssrf", "dns")
    assert server.requests == []


def test_a_redirect_home_is_refused(server, http, get):
    # the server stands for a public one: only its own name may lead to loopback
    server.routes["/a"] = redirect(http, f"http://localhost:{server.port}/secret")
    resolver = resolves_to("127.0.0.1")
    assert reason(get, server.url("/a"), resolver=resolver) == "ssrf"
    assert server.hits("/secret") == 0


def test_a_name_that_changes_its_address_between_look_ups_gains_nothing(server, http, get):
    answers = iter(["93.184.215.14", "127.0.0.1", "127.0.0.1"])
    asked = []

    def rebinding(host, port):
        asked.append(next(answers))
        return resolves_to(asked[-1])(host, port)

    connected = []
    original = socket.socket.connect

    def watch(sock, address):
        connected.append(address[0])
        raise ConnectionRefusedError

    socket.socket.connect = watch
    try:
        call = {"internal_hosts": frozenset(), "resolver": rebinding, "robots": False}
        got = reason(get, f"http://rebind.example:{server.port}/", **call)
    finally:
        socket.socket.connect = original
    assert got in ("ssrf", "refused")
    assert set(connected) <= {"93.184.215.14"}
    assert asked == ["93.184.215.14", "127.0.0.1"]


# Z02: addresses that are none of the web


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/a", "gopher://example.org/", "data:text/html,hi",
        "javascript:alert(1)", "//example.org/a", "example.org/a", "", "http://", "http:///a",
        "http://user:secret@example.org/", "http://user@example.org/",
        "http://example.org:22/", "http://example.org:25/", "http://example.org:6667/",
        "http://example.org:99999/", "http://example.org:x/", "http://exa mple.org/",
        "http://example.org/a\r\nHost: other", "http://example.org/\x00", "http://example.org\\@b/",
        "http://ex%61mple.org/", "http://[::1/", "http://" + "a" * 5000, "http://a..b/",
    ],
)  # fmt: skip
def test_an_address_that_is_none_of_the_web_is_refused(get, url):
    def never(host, port):
        raise AssertionError("was looked up")

    allowed = ("bad_url", "dns") if url == "http://a..b/" else ("bad_url",)
    resolver = resolves_to() if url == "http://a..b/" else never
    assert reason(get, url, resolver=resolver) in allowed


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd", "ftp://x/", "http://u:p@127.0.0.1/", "http://127.0.0.1:22/",
    ],
)  # fmt: skip
def test_a_redirect_to_such_an_address_is_refused(server, http, get, target):
    server.routes["/a"] = redirect(http, target)
    assert reason(get, server.url("/a")) == "bad_url"


def test_paths_in_other_scripts_are_escaped(server, http, get):
    server.routes["/%D0%BC%D0%B8%D1%80?q=%C3%A9"] = http.answer(PAGE)
    assert get(server.url("/мир?q=é#part")).body == PAGE


# Z03: nothing of ours goes along


def test_environment_and_netrc_are_ignored(server, http, get, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password CANARY\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    server.routes["/a"] = http.answer(PAGE)
    assert get(server.url("/a")).body == PAGE
    assert "authorization" not in server.requests[-1].headers


def test_cookies_are_not_kept(server, http, make_fetcher):
    server.routes["/a"] = http.answer(PAGE, Set_Cookie="track=1; Path=/")
    fetcher = make_fetcher()
    for _ in range(2):
        fetcher.fetch(server.url("/a"), internal_hosts=frozenset({"127.0.0.1"}))
    assert all("cookie" not in r.headers for r in server.requests)


def test_a_proxy_is_used_only_where_the_settings_name_one(make_server, http, get):
    proxy = make_server()
    proxy.routes["http://news.example/a"] = http.answer(PAGE)
    got = get("http://news.example/a", proxy=proxy.url(), robots=False, internal_hosts=frozenset())
    assert got.body == PAGE


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/",
        "http://169.254.169.254/",
    ],
)  # fmt: skip
def test_a_proxy_is_not_asked_for_addresses_at_home(make_server, get, target):
    proxy = make_server()
    assert reason(get, target, proxy=proxy.url(), internal_hosts=frozenset()) == "ssrf"
    assert proxy.requests == []


# Z07, Z08: what is logged


def test_a_failure_is_one_line_however_hostile(server, http, get, caplog):
    evil = "x\u2028y\x1b[31m"
    server.routes["/a"] = b"HTTP/1.1 302 Found\r\nLocation: ftp://" + evil.encode() + b"\r\n\r\n"
    with caplog.at_level("INFO"), pytest.raises(FetchError) as caught:
        get(server.url("/a"))
    for text in (str(caught.value), *caplog.messages):
        assert text.isprintable()


def test_secrets_in_an_address_do_not_get_out(get, caplog):
    url = f"http://127.0.0.1:{free_port()}/feed?api_key=CANARY&page=2"
    with caplog.at_level("DEBUG"), pytest.raises(FetchError) as caught:
        get(url, retries=0)
    shown = "".join(caplog.messages) + str(caught.value) + repr(caught.value.__cause__)
    context, chain = caught.value.__context__, []
    while context is not None and not caught.value.__suppress_context__:
        chain.append(str(context))
        context = context.__context__
    assert "CANARY" not in shown + "".join(chain)
    assert "page=2" in shown


def test_a_proxy_password_does_not_get_out(get, caplog):
    proxy = f"http://me:CANARY@127.0.0.1:{free_port()}"
    with caplog.at_level("DEBUG"), pytest.raises(FetchError) as caught:
        get("http://news.example/", proxy=proxy, internal_hosts=frozenset(), retries=0)
    shown = "".join(caplog.messages) + "".join(traceback.format_exception(caught.value))
    assert "CANARY" not in shown
