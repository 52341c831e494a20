"""The report page: complete, escaped, self-contained; and looked at by a real browser."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import process_time
from typing import Any

import pandas as pd
import pytest
from lxml import html

from flows.reference import load_country_names
from flows.release import TableFile
from flows.report import TEMPLATES, render_artifact, render_report
from transforms import schema
from transforms.errors import ReferenceDataError

ROOT = Path(__file__).parents[2]
CASES = json.loads((Path(__file__).parent / "cases" / "release.json").read_text("utf-8"))
NIGHT = date(2026, 11, 22)
BUILD = {"night": NIGHT, "code_version": "0.1.0", "coder_version": "0.1"}
HOSTILE = [
    "<script>document.title='pwned'</script>",
    "\"><img src=x onerror=\"document.title='pwned'\">",
    "'><svg onload=document.title='pwned'>",
    "</style><script>document.title='pwned'</script>",
    "</title><script>document.title='pwned'</script>",
    "javascript:document.title='pwned'",
    "{{ 7 * 7 }} {% include '/etc/passwd' %}",
    "<!-- --><iframe srcdoc='<script>1</script>'></iframe>",
    "<a href=\"data:text/html,<script>1</script>\">x</a>",
    "\x00\x08\x1b[31m \u202e reversed",
    "]]> &lt;b&gt; &amp; &#60;script&#62;",
]  # fmt: skip


def load(**changes: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    return {t: schema.frame_of(t, changes.get(t, rows)) for t, rows in CASES.items()}


def page(tables: dict[str, pd.DataFrame], **more: Any) -> tuple[str, html.HtmlElement]:
    text = render_report(tables, **{"previous": None, "build": BUILD, **more})
    return text, html.document_fromstring(text)


def test_the_audit_of_the_look_is_told() -> None:
    looks = [{"look": {"audited": 30, "missed": 1}}, {"look": {"audited": 10, "missed": 0}}, {}]
    runs = [
        {**CASES["runs"][0], "run_id": f"r{n}", "night": str(NIGHT), "counts": json.dumps(counts)}
        for n, counts in enumerate(looks)
    ]
    runs.append({**runs[0], "run_id": "none", "counts": None})
    runs.append({**runs[0], "run_id": "earlier", "night": "2026-11-20"})
    _, shown = page(load(runs=runs))
    [row] = [r for r in shown.iter("tr") if "look passed over wrongly" in r.text_content()]
    assert "1 of 40" in " ".join(row.text_content().split())


def hostile_tables(attack: str) -> dict[str, pd.DataFrame]:
    """Every column that comes from outside holds the attack."""
    outside = {
        "articles": ["title", "publisher", "url", "language", "feed_id"],
        "claims": ["figure", "victims", "speaker", "quote"],
        "attributions": ["actor", "actor_text", "speaker", "quote"],
        "reports": ["place_name", "place_text", "actor", "target", "quote", "date_text"],
        "events": ["headline", "place_name", "admin1", "country", "actor", "target", "event_id"],
        "feeds": ["feed_id", "error_class"],
        "rejects": ["reason", "detail", "url", "feed_id"],
    }
    changed = {
        table: [{**row, **dict.fromkeys(columns, attack)} for row in CASES[table]]
        for table, columns in outside.items()
    }
    changed["events"] = [{**changed["events"][0], "event_id": attack}]
    changed["reports"] = [{**row, "event_id": attack} for row in changed["reports"]]
    changed["runs"] = [{**row, "findings": [attack]} for row in CASES["runs"]]
    return load(**changed)


# --- content


def test_every_event_has_an_anchor_and_shows_its_claims() -> None:
    _, tree = page(load())
    for row in CASES["events"]:
        found = tree.xpath(f"//article[@id='event-{row['event_id']}']")
        assert len(found) == (row["status"] == "active")
    event_of = {r["report_id"]: r.get("event_id") for r in CASES["reports"]}
    for claim in CASES["claims"]:
        event = event_of[claim["report_id"]]
        if event is not None:
            quotes = tree.xpath(f"//article[@id='event-{event}']//blockquote")
            assert claim["quote"] in [quote.text_content() for quote in quotes]


def test_every_fragment_link_leads_somewhere() -> None:
    _, tree = page(load())
    ids = set(tree.xpath("//@id"))
    links = {link for link in tree.xpath("//@href") if link.startswith("#")}
    assert links
    assert {link[1:] for link in links} <= ids
    assert len(ids) == len(tree.xpath("//@id"))


def test_toll_that_moved_stands_with_before_and_now() -> None:
    _, tree = page(load())
    row = tree.xpath("//section[@id='changes']//tbody/tr")
    assert len(row) == 1
    cells = [" ".join(c.text_content().split()) for c in row[0]]
    assert cells[:4] == ["Nine killed in Maiduguri market blast", "killed", "12", "at least 14"]
    assert row[0].xpath(".//svg[@role='img']/@aria-label") == ["from 12 to at least 14"]


def test_claim_shows_words_speaker_and_source_link() -> None:
    _, tree = page(load())
    card = tree.xpath("//article[@id='event-e5']")[0]
    assert card.xpath("string(blockquote)") == "Four bodies were recovered, the coast guard said."
    assert card.xpath("blockquote/mark/text()") == ["Four"]
    source = card.xpath("p[@class='by']")[0]
    assert "the coast guard (official), in Harbour Wire" in source.text_content()
    assert source.xpath(".//a/@href") == ["https://harbour.example/news/a09?utm=x"]


def test_attributions_dispute_and_grade_are_shown() -> None:
    _, tree = page(load())
    text = tree.xpath("string(//article[@id='event-e1'])")
    assert "blamed: Ember Front (confirmed: the actor accepts it)" in text
    assert "toll disputed" in text
    assert "responsibility claimed: Ember Front" in text
    assert "nobody claimed it" in tree.xpath("string(//article[@id='event-e4'])")


def test_map_has_a_dot_for_every_event_with_a_position() -> None:
    _, tree = page(load())
    active = [r for r in CASES["events"] if r["status"] == "active" and r.get("latitude")]
    assert len(tree.xpath("//svg[contains(@class,'map')]//circle")) == len(active)


def test_feeds_rejects_and_findings_of_the_night() -> None:
    tables = load()
    _, tree = page(tables, build={"night": "2026-11-20"})
    rows = tree.xpath("//section[@id='feeds']//tbody/tr")
    assert [r[0].text_content() for r in rows][:2] == ["herald", "valley"]
    assert rows[0][1].text_content() == "deferred:dns"
    text = tree.xpath("string(//section[@id='findings'])")
    assert "feed valley failed: deferred:rate_limited" in text
    assert "quarantined:no_article" in text


def test_events_that_the_release_before_had_are_not_new() -> None:
    tables = load()
    before = {**tables, "events": tables["events"][tables["events"]["event_id"] != "e2"]}
    _, tree = page(tables, previous=before)
    new = tree.xpath("//section[@id='new']//article/@id")
    assert new == ["event-e5", "event-e2", "event-e6", "event-e8"]


def test_merged_events_say_what_became_of_them() -> None:
    tables = load()
    events = tables["events"].assign(status="active", merged_into=None)
    tables["events"].loc[tables["events"]["event_id"] == "e7", "headline"] = None
    _, tree = page(tables, previous={**tables, "events": events})
    text = " ".join(tree.xpath("string(//section[@id='changes']//ul)").split())
    assert text == "Blast in Borno State: merged into e1"


def test_toll_without_an_upper_bound_is_at_least() -> None:
    """Six dead and more to be feared are not six dead, neither alone nor in the night's sum."""
    new = [r["event_id"] for r in CASES["events"] if r["observed_at"].startswith("2026-11-22")]
    for high, words, tile in ((None, "at least ", "+"), (10**6, "", "")):
        tables = load()
        mine = tables["events"]["event_id"].isin(new) & tables["events"]["killed_best"].notna()
        assert mine.any()
        tables["events"].loc[mine, "killed_high"] = high
        tables["events"].loc[tables["events"]["killed_best"].isna(), "killed_low"] = None
        _, tree = page(tables)
        total = tables["events"].loc[mine & (tables["events"]["status"] == "active"), "killed_best"]
        assert f"with {words}{total.sum()} people reported killed" in tree.xpath(
            "string(//p[@class='lead'])"
        )
        assert tree.xpath("string(//li[@class='dead']/b)") == f"{total.sum()}{tile}"


def test_roles_are_shown_where_one_is_known() -> None:
    tables = load()
    roles = [f"killed_{role}" for role in schema.ROLES]
    tables["events"][roles] = None
    tables["events"]["killed_unknown"] = tables["events"]["killed_unknown"].fillna(3)
    _, tree = page(tables)
    assert "role unknown" not in tree.text_content()
    tables["events"]["killed_civilian"] = tables["events"]["killed_civilian"].fillna(2)
    _, tree = page(tables)
    assert "(2 civilian, 3 role unknown)" in tree.text_content()


def test_scores_on_the_gold_set_are_shown_where_there_are_some() -> None:
    kind = {"gold": 40, "recall": 0.9, "precision": 0.975}
    none = {"gold": 0, "recall": 0.0, "precision": 0.0}
    gold = {"articles": 35, "killed": kind, "injured": kind, "abducted": none, "missing": none}
    _, tree = page(load(), gold=gold)
    table = tree.xpath("//section[@id='quality']//table[caption]")[0]
    rows = [[c.text_content() for c in row] for row in table.xpath("tbody/tr")]
    assert rows == [["killed", "40", "90%", "98%"], ["injured", "40", "90%", "98%"]]
    assert "35 articles" in table.xpath("string(caption)")
    assert not page(load())[1].xpath("//section[@id='quality']//table[caption]")


def test_country_names_are_used_where_given() -> None:
    _, tree = page(load(), country_names={"UKR": "Ukraine"})
    assert "Kharkiv, Kharkiv Oblast, Ukraine" in tree.xpath("string(//article[@id='event-e3'])")
    assert "Goma, Nord Kivu, COD" in tree.xpath("string(//article[@id='event-e2'])")


def test_committed_places_name_the_countries() -> None:
    names = load_country_names(ROOT / "data" / "reference" / "places")
    assert {names[code] for code in ("NGA", "UKR", "COL")} == {"Nigeria", "Ukraine", "Colombia"}
    with pytest.raises(ReferenceDataError, match="places build"):
        load_country_names(ROOT / "docs")


def test_empty_tables_make_a_page() -> None:
    tables = {table: schema.empty_frame(table) for table in schema.TABLES}
    text, tree = page(tables)
    assert "No new events." in text
    assert not tree.xpath("//article")
    assert render_artifact(tables, previous=None, build={})


def test_all_null_event_makes_a_card() -> None:
    tables = {table: schema.empty_frame(table) for table in schema.TABLES}
    tables["events"] = schema.frame_of(
        "events",
        [{"event_id": "e", "rule": "latest", "status": "active", "toll_disputed": False,
          "observed_at": NIGHT}],
    )  # fmt: skip
    _, tree = page(tables)
    text = " ".join(tree.xpath("string(//article[@id='event-e'])").split())
    assert "Untitled" in text
    assert "place not known · day not known" in text
    assert "no figures" in text


def test_previous_none_and_same_release_agree_on_content() -> None:
    tables = load()
    assert page(tables)[0] == page(tables, previous=tables)[0]


def test_page_of_tables_as_other_readers_give_them(tmp_path: Path) -> None:
    tables, read = load(), {}
    for table, frame in tables.items():
        with TableFile(tmp_path / table, table) as file:
            file.append(frame)
        read[table] = pd.read_parquet(tmp_path / table)
    assert page(read)[0] == page(tables)[0]


def test_page_is_the_same_every_time() -> None:
    assert page(load())[0] == page(load())[0]


# --- safety


def test_policy_allows_the_page_its_own_style_and_nothing_else() -> None:
    text, tree = page(load())
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    assert len(styles) == 1
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in policy
    assert "script-src" not in policy
    assert text.index("Content-Security-Policy") < text.index("<style>")


def test_page_asks_nobody_for_anything() -> None:
    text, tree = page(load())
    assert not tree.xpath("//script|//iframe|//object|//embed|//form|//img|//base|//video|//audio")
    assert tree.xpath("//link/@href") == ["data:,"]
    assert not tree.xpath("//@src|//@srcset|//@style|//@*[starts-with(name(),'on')]")
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("attack", HOSTILE)
def test_text_from_outside_stays_text(attack: str) -> None:
    text, tree = page(hostile_tables(attack))
    clean, _ = page(hostile_tables("harmless"))
    skeleton = [element.tag for element in html.document_fromstring(clean).iter()]
    names = {str(tag) for tag in skeleton}
    assert {str(element.tag) for element in tree.iter()} <= names | {"a"}
    assert not tree.xpath("//script|//iframe|//img|//@*[starts-with(name(),'on')]")
    for link in tree.xpath("//@href"):
        assert re.match(r"(#|https?://|data:,$)", link)
    assert "\x00" not in text
    text.encode("utf-8")
    assert "49" not in tree.xpath("string(//article//h3)")


def test_artifact_lets_no_markup_through() -> None:
    for attack in (" ".join(HOSTILE[:5]), " ".join(HOSTILE[5:])):
        text = render_artifact(hostile_tables(attack), previous=None, build=BUILD)
        assert not re.search(r"<[a-z!/]", text)
        assert not re.search(r"(?<!\\)\]\(", text)


# --- size, contrast


def many(count: int) -> dict[str, pd.DataFrame]:
    changed: dict[str, list[dict[str, Any]]] = {t: [] for t in CASES}
    for n in range(count):
        for table, columns in {
            "events": ["event_id"],
            "reports": ["report_id", "event_id", "article_id"],
            "claims": ["claim_id", "report_id", "article_id"],
            "attributions": ["attribution_id", "report_id"],
            "articles": ["article_id"],
            "tolls": ["event_id"],
        }.items():
            for row in CASES[table]:
                one = row.get("event_id") == "e1" or row.get("report_id") in ("r01", "r02")
                if one or row.get("article_id") in ("a01", "a02"):
                    new = {**row, **{c: f"{row[c]}-{n:04d}" for c in columns if c in row}}
                    if table == "events":
                        new["observed_at"] = "2026-11-22"
                        new["settled_by_killed"] = [f"c01-{n:04d}"]
                    changed[table].append(new)
    return load(**{k: v for k, v in changed.items() if v})


def test_night_of_a_thousand_events_stays_small_and_quick() -> None:
    tables = many(1000)
    start = process_time()
    text, tree = page(tables)
    assert process_time() - start < 5
    assert len(text.encode()) < 3_000_000
    assert len(tree.xpath("//article")) == 1000


def test_busy_night_shows_the_deadliest_first_and_the_rest_after_the_overview() -> None:
    _, tree = page(many(30))
    sections = tree.xpath("//main/section/@id")
    assert sections[0] == "new"
    assert sections[-2:] == ["more", "earlier"]
    assert len(tree.xpath("//section[@id='new']//article")) == 25
    assert len(tree.xpath("//section[@id='more']//article")) == 5
    assert "5 more new events" in tree.xpath("string(//section[@id='new'])")
    assert tree.xpath("//nav//a[@href='#more']")
    _, quiet = page(load())
    assert not quiet.xpath("//*[@id='more']|//a[@href='#more']")


@pytest.mark.slow
def test_more_than_fits_is_said() -> None:
    tables = many(1003)
    _, tree = page(tables)
    assert len(tree.xpath("//article")) == 1000
    assert "3 more events are in the tables" in tree.xpath("string(//section[@id='earlier'])")


def luminance(colour: str) -> float:
    full = colour if len(colour) == 6 else "".join(c * 2 for c in colour)
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "soft", "red", "blue", "amber", "green"])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_text_contrast_is_at_least_that_of_wcag_aa(scheme: int, ink: str, ground: str) -> None:
    css = (TEMPLATES / "report.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    colours = dict(re.findall(r"--(\w+): #(\w+);", blocks[scheme]))
    pair = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
    assert (pair[0] + 0.05) / (pair[1] + 0.05) >= 4.5


def test_tables_and_drawings_have_names() -> None:
    _, tree = page(load())
    for svg in tree.xpath("//svg[not(@aria-hidden)]"):
        assert svg.xpath("@aria-label") or svg.xpath("@aria-labelledby")
    assert not tree.xpath("//th[not(@scope)]")
    assert tree.xpath("/html/@lang") == ["en"]
    levels = [int(h.tag[1]) for h in tree.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1


# --- a real browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
browser = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str, list[str]]]:
    """A folder served on loopback, its address, and the paths asked for."""
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            asked.append(self.path)

    folder = tmp_path / "site"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def browse(address: str, tmp_path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={tmp_path / 'profile'}", "--enable-logging=stderr",
            f"--log-net-log={tmp_path / 'net.json'}", "--net-log-capture-mode=Everything",
            "--virtual-time-budget=3000", *more, address,
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip


@browser
@pytest.mark.slow
def test_browser_shows_it_without_errors_scripts_or_requests(
    served: tuple[Path, str, list[str]], tmp_path: Path
) -> None:
    folder, address, asked = served
    tables = hostile_tables(" ".join(HOSTILE[:8]))
    (folder / "report.html").write_text(page(tables)[0], encoding="utf-8")
    seen = browse(f"{address}/report.html", tmp_path, "--dump-dom")
    assert "CONSOLE" not in seen.stderr
    assert asked == ["/report.html"]
    dom = html.document_fromstring(seen.stdout)
    assert dom.xpath("string(//title)") == "casualty-ledger: 22 Nov 2026"
    assert not dom.xpath("//script|//iframe|//img")
    log = (tmp_path / "net.json").read_text("utf-8", errors="replace")
    urls = set(re.findall(r'"url":"(https?://[^"]*)"', log))
    assert f"{address}/report.html" in urls
    assert not {u for u in urls if ".example" in u}


@browser
@pytest.mark.slow
def test_browser_refuses_what_the_policy_forbids(
    served: tuple[Path, str, list[str]], tmp_path: Path
) -> None:
    """The policy is tried with holes that the templates do not have: it must hold by itself."""
    folder, address, asked = served
    text, _ = page(load())
    attack = (
        "<script>document.title='pwned'</script><img src='/a.png'>"
        "<link rel=stylesheet href='/b.css'><iframe src='/c.html'></iframe>"
        "<p style='color:red' onclick='1'>x</p><form action='/d'></form>"
    )
    (folder / "report.html").write_text(text.replace("</main>", f"{attack}</main>"), "utf-8")
    seen = browse(f"{address}/report.html", tmp_path, "--dump-dom")
    assert asked == ["/report.html"]
    dom = html.document_fromstring(seen.stdout)
    assert dom.xpath("string(//title)") == "casualty-ledger: 22 Nov 2026"
    assert seen.stderr.count("Content Security Policy") >= 4


@browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1280])
def test_browser_needs_no_sideways_scrolling(
    served: tuple[Path, str, list[str]], tmp_path: Path, width: int
) -> None:
    folder, address, _ = served
    probe = (
        "<script>const root = document.documentElement;"
        "document.title = root.scrollWidth - root.clientWidth</script>"
    )
    text, _ = page(load())
    policy = re.compile(r"<meta http-equiv=[^>]*>")
    frame = f"<iframe id=f src='/report.html' width={width} height=900 style='border:0'></iframe>"
    (folder / "report.html").write_text(
        policy.sub("", text).replace("</body>", f"{probe}</body>"), "utf-8"
    )
    (folder / "frame.html").write_text(
        f"<!doctype html><meta charset=utf-8>{frame}<script>onload = () => "
        "document.title = f.contentDocument.title</script>",
        "utf-8",
    )
    seen = browse(f"{address}/frame.html", tmp_path, "--dump-dom", "--window-size=1400,1000")
    assert html.document_fromstring(seen.stdout).xpath("string(//title)") == "0"
