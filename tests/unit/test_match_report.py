"""``klantbeeld match --report``: one page that says what was read and found, and loads and runs nothing."""

import csv
import re
import stat
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from bench.identity.sets import prepared
from hub.cli.entry import main
from hub.matching.file_read import FileRead, read_file
from hub.matching.match import Outcome, match_read
from hub.matching.report.bars import bars, true_pairs
from hub.matching.report.borderline import NEAR, nearest
from hub.matching.report.bridges import Edge, bridges
from hub.matching.report.clusters import NODES, cluster, largest
from hub.matching.report.histogram import columns
from hub.matching.report.layout import places
from hub.matching.report.page import page
from hub.matching.report.pairs import Pairs

ROOT = Path(__file__).parents[2]
HEAD = ["voornaam", "achternaam", "geboortedatum", "e-mailadres", "telefoon", "klant"]
JAN = ["Jan", "Berg", "1968-03-12", "jan.berg@example.com", "0612345699", "jan"]
PEOPLE = [
    JAN,
    JAN,
    ["J.", "Berg", "12-03-1968", "", "+31 6 12345699", "jan"],
    ["Johannes", "Berg", "", "jan.berg@example.com", "", "jan"],
    ["Anna <script>alert(1)</script>", 'O"Brien & Co', "1980-01-02", "anna@example.de", "", "anna"],
    ["Anna <script>alert(1)</script>", 'O"Brien & Co', "", "anna@example.de", "", "anna"],
]
EVIL = '<script>alert("1")</script>'


class Page(HTMLParser):
    """What a browser would see: tags with their attributes, and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def matched(
    folder: Path, rows: list[list[str]], head: list[str] = HEAD, truth: str | None = None
) -> tuple[FileRead, Outcome]:
    file = folder / "people.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    read = read_file(file, {} if truth or "klant" not in head else {"klant": "-"}, truth=truth)
    return read, match_read(read, keep=True)


def drawn(folder: Path, rows: list[list[str]], head: list[str] = HEAD, truth: str | None = None) -> str:
    return page("people.csv", *matched(folder, rows, head, truth))


@pytest.fixture(scope="module")
def unseen(tmp_path_factory: pytest.TempPathFactory) -> tuple[FileRead, Outcome]:
    """People and firms."""
    file = prepared("unseen", 300, folder=tmp_path_factory.mktemp("sets"))
    read = read_file(file, {}, truth="customer")
    return read, match_read(read, keep=True)


@pytest.fixture(scope="module")
def shown(unseen: tuple[FileRead, Outcome]) -> str:
    return page("unseen.parquet", *unseen)


def test_only_its_owner_may_read_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    matched(tmp_path, PEOPLE)
    file = tmp_path / "match.html"
    assert main(["match", str(tmp_path / "people.csv"), "--truth", "klant", "--report", str(file)]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text("utf-8").startswith("<!doctype html>")
    told = capsys.readouterr()
    assert str(file) in " ".join(told.err.split())
    assert "jan.berg@example.com" not in told.out + told.err


def test_a_page_never_takes_the_place_of_the_file_it_is_about(tmp_path: Path) -> None:
    matched(tmp_path, PEOPLE)
    file = tmp_path / "people.csv"
    before = file.read_bytes()
    assert main(["match", str(file), "--report", str(file)]) == 2
    assert file.read_bytes() == before


def test_the_page_loads_nothing_and_runs_nothing(shown: str) -> None:
    seen = Page(shown)
    assert not {"script", "link", "img", "image", "iframe", "object", "embed", "use"} & {*seen.tags}
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name in ("src", "xlink:href")]
    assert not [value for _, value in seen.attributes if "//" in value or "url(" in value]
    assert {value[0] for name, value in seen.attributes if name == "href"} == {"#"}
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in seen.attributes
    assert "@import" not in shown and "url(" not in shown


def test_links_lead_to_places_on_the_page_and_each_place_is_one(shown: str) -> None:
    seen = Page(shown)
    places = [value for name, value in seen.attributes if name == "id"]
    assert len(places) == len({*places})
    assert {value[1:] for name, value in seen.attributes if name == "href"} <= {*places}
    named = [value.split() for name, value in seen.attributes if name == "aria-labelledby"]
    assert len(named) >= 6
    assert {one for some in named for one in some} <= {*places}


def test_a_cell_is_text_wherever_it_stands(tmp_path: Path) -> None:
    rows = [[EVIL, "Berg", "1968-03-12", f"{n}@example.com", "0612345699", EVIL] for n in range(3)]
    rows.append([EVIL, "Berg", "1968-03-12", "0@example.com", "", EVIL])
    text = drawn(tmp_path, rows, truth="klant")
    assert "<script" not in text
    seen = Page(text)
    assert not {"script"} & {*seen.tags}
    assert EVIL in seen.text


def test_a_sign_that_does_not_show_is_shown_and_stops_nothing(tmp_path: Path) -> None:
    """What draws would abort the whole program; another turns around what is read after it."""
    rows = [
        ["J\x01an\x7f", "Be\u202erg", "1968-03-12", "a@b.nl", "", ""],
        ["Jan", "Berg", "1968-03-12", "a@b.nl", "", ""],
    ]
    text = drawn(tmp_path, rows)
    assert "0 J\ufffdan\ufffd Be\ufffdrg" in Page(text).text
    assert not {"\x01", "\x7f", "\u202e"} & {*text}


def test_a_name_of_a_column_and_of_a_file_is_text_too(tmp_path: Path) -> None:
    read, found = matched(tmp_path, PEOPLE, [*HEAD[:4], "<b>telefoon</b>", "klant"])
    text = page("<i>people</i>.csv", read, found)
    assert not {"b", "i"} & {*Page(text).tags}
    assert "<b>telefoon</b>" in Page(text).text and "<i>people</i>.csv" in Page(text).text


def test_the_figures_on_the_page_are_those_of_the_match(unseen: tuple[FileRead, Outcome], shown: str) -> None:
    _, found = unseen
    seen = Page(shown)
    assert found.accuracy is not None
    text = seen.text
    customers = len({*found.clusters})
    assert f"{len(found.clusters):,} rows are {customers:,} customers" in text
    assert f"Pairs compared {found.pairs:,}" in text.replace("  ", " ")
    assert f"Seconds {found.seconds}" in text
    for rates in (found.accuracy.pairwise, found.accuracy.b3):
        assert f"{rates.precision:.4f} {rates.recall:.4f} {rates.f1:.4f}" in text
    for kind in ("person", "organisation"):
        rows = [one for one in found.clusters if one.startswith(kind)]
        assert f"{len(rows):,} rows are {len({*rows}):,} customers" in text


def test_people_and_organisations_each_have_their_part(shown: str) -> None:
    heads = re.findall(r"<h2>(.*?)</h2>", shown)
    assert heads == ["Against the truth", "How each column was read", "People", "Organisations"]
    assert shown.count("<h3") == 10


def test_every_column_is_told_as_it_was_read(unseen: tuple[FileRead, Outcome], shown: str) -> None:
    read, _ = unseen
    text = Page(shown).text
    for one in read.told.columns:
        assert f"{one.reading.column} {one.reading.role or 'not read'}" in text
        assert all(sample[:30] in text for sample in one.samples)


def test_the_same_match_gives_the_same_page(unseen: tuple[FileRead, Outcome], shown: str) -> None:
    assert page("unseen.parquet", *unseen) == shown


def test_a_page_is_no_larger_for_a_long_cell(tmp_path: Path) -> None:
    rows = [[*JAN[:3], f"{n}@example.com", JAN[4], "x" * 9_000] for n in range(4)]
    read, found = matched(tmp_path, rows, truth="klant")
    assert "x" * 81 not in page("people.csv", read, found)


def test_a_customer_without_a_name_is_drawn_by_its_number(tmp_path: Path) -> None:
    nobody = ["1968-03-12", "0612345699", "1234 AB"]
    rows = [[*nobody, "5"], [*nobody, "5"], [*nobody, ""]]
    text = drawn(tmp_path, rows, ["geboortedatum", "telefoon", "postcode", "huisnummer"])
    assert ">0 (2 rows)</text>" in text and ">2</text>" in text


@pytest.mark.parametrize("rows", [0, 1])
def test_of_hardly_any_rows_there_is_a_page_too(tmp_path: Path, rows: int) -> None:
    text = Page(drawn(tmp_path, PEOPLE[:rows], truth="klant")).text
    assert f"{rows} rows are {rows} customers" in text
    assert ("no rows that can be matched" in text) is (rows == 0)
    assert ("No two rows had enough in common" in text) is (rows == 1)


def test_without_the_truth_nothing_is_said_of_it(tmp_path: Path) -> None:
    text = drawn(tmp_path, PEOPLE)
    assert "recision" not in text and "truth" not in text


def test_rows_that_say_the_same_are_one_dot(tmp_path: Path) -> None:
    text = Page(drawn(tmp_path, PEOPLE)).text
    assert "0 (2 rows) Jan Berg" in text
    assert "4 rows, the first is 0" in text


def test_a_customer_that_is_two_says_the_truth_so(tmp_path: Path) -> None:
    rows = [JAN, [*JAN[:-1], "his namesake"], *PEOPLE[4:]]
    heads = re.findall(r"<h4>(.*?)</h4>", drawn(tmp_path, rows, truth="klant"))
    told = {one.partition(" <")[0]: "2 customers, says the truth" in one for one in heads[:2]}
    assert told == {"2 rows, the first is 0": True, "2 rows, the first is 2": False}


def test_a_report_as_the_hub_judges_says_so(tmp_path: Path) -> None:
    read, _ = matched(tmp_path, PEOPLE)
    text = Page(page("people.csv", read, match_read(read, as_hub=True, keep=True))).text
    assert "Judged as the hub" in text
    assert "given · same" in text


def test_whoever_asks_no_report_does_not_wait_for_what_draws_it(tmp_path: Path) -> None:
    matched(tmp_path, PEOPLE)
    program = (
        "import sys; from hub.cli.entry import main;"
        f"main(['match', {str(tmp_path / 'people.csv')!r}]);"
        "sys.exit(bool({'altair', 'vl_convert', 'jinja2'} & {*sys.modules}))"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == 0


@st.composite
def graphs(draw: st.DrawFn) -> set[Edge]:
    nodes = draw(st.integers(2, 9))
    every = [(low, high) for high in range(nodes) for low in range(high)]
    return draw(st.sets(st.sampled_from(every)))


def _parts(edges: set[Edge]) -> int:
    low, high = ([edge[side] for edge in edges] for side in (0, 1))
    graph = coo_matrix((np.ones(len(edges)), (low, high)), shape=(9, 9))
    return int(connected_components(graph, directed=False)[0])


@settings(max_examples=300, deadline=None)
@given(graphs())
def test_a_bridge_is_what_a_graph_falls_apart_without(edges: set[Edge]) -> None:
    assert bridges(edges) == {one for one in edges if _parts(edges - {one}) > _parts(edges)}


def test_a_long_chain_is_all_bridges() -> None:
    chain = [(node, node + 1) for node in range(5_000)]
    assert bridges(chain) == {*chain}


def _pairs(edges: dict[Edge, float], right: list[bool] | None = None) -> Pairs:
    low, high = (np.array([edge[side] for edge in edges], dtype=np.int64) for side in (0, 1))
    return Pairs(
        low, high, np.array([*edges.values()], dtype=float), None if right is None else np.array(right)
    )


def test_the_pair_that_holds_two_halves_together_is_drawn_as_a_bridge() -> None:
    halves = {(0, 1): 9.0, (0, 2): 9.0, (1, 2): 9.0, (3, 4): 9.0, (3, 5): 9.0, (4, 5): 9.0}
    pairs = _pairs({**halves, (2, 3): 4.0, (0, 5): -6.0, (1, 4): 0.5})
    found = cluster(0, np.zeros(6, dtype=np.int64), np.arange(6), pairs, accept=1.0)
    assert found.bridges == {(2, 3)}
    assert found.against == {(0, 5): -6.0}
    assert {*found.strong} == {*halves, (2, 3)}


def test_of_customers_of_one_size_the_least_sure_is_shown_first() -> None:
    groups = np.array([0, 0, 2, 2, 4, 4, 4, 7])
    pairs = _pairs({(0, 1): 9.0, (2, 3): 2.0, (4, 5): 9.0, (4, 6): 9.0, (0, 7): -30.0})
    assert [one.rows[0] for one in largest(groups, np.arange(8), pairs, accept=1.0)] == [4, 2, 0]


def test_of_a_large_customer_so_many_rows_are_drawn_as_can_be_seen() -> None:
    chain = {(node, node + 1): 5.0 for node in range(99)}
    found = cluster(0, np.zeros(100, dtype=np.int64), np.arange(100), _pairs(chain), accept=1.0)
    assert found.nodes == [*range(NODES)]
    assert found.more == 100 - NODES
    assert len(found.rows) == 100
    assert {*found.strong} == {(node, node + 1) for node in range(NODES - 1)}


@settings(deadline=None)
@given(graphs())
def test_a_graph_is_drawn_within_its_drawing_and_always_the_same(edges: set[Edge]) -> None:
    found = places(9, sorted(edges))
    assert found.shape == (9, 2) and ((found >= 0) & (found <= 1)).all()
    assert len({tuple(one) for one in found}) == 9
    assert (places(9, sorted(edges)) == found).all()


weighed = st.lists(st.tuples(st.floats(-40, 40), st.booleans()), max_size=60)


def _weighed(some: list[tuple[float, bool]]) -> Pairs:
    return _pairs({(0, n + 1): bits for n, (bits, _) in enumerate(some)}, [right for _, right in some])


@given(weighed, st.integers(0, 20))
def test_each_bar_tells_what_it_would_accept_and_ask(some: list[tuple[float, bool]], missed: int) -> None:
    true = sum(right for _, right in some) + missed
    found = bars(_weighed(some), 1.0, -1.0, true)
    assert [one.bits for one in found if one.in_force] == [1.0]
    for one in found:
        accepted = [right for bits, right in some if bits >= one.bits]
        assert one.accepted == len(accepted)
        assert one.asked == sum(-1.0 <= bits < one.bits for bits, _ in some)
        assert one.precision == (sum(accepted) / len(accepted) if accepted else None)
        assert one.recall == (sum(accepted) / true if true else None)


@given(weighed)
def test_every_pair_stands_in_one_column_on_its_side_of_the_bar(some: list[tuple[float, bool]]) -> None:
    found = columns(_weighed(some), 1.0)
    assert sum(one["pairs"] for one in found) == len(some)
    wrong = sum(one["pairs"] for one in found if not one["right"])
    assert wrong == sum((bits >= 1.0) != right for bits, right in some)
    plain = columns(replace(_weighed(some), right=None), 1.0)
    assert sum(one["pairs"] for one in plain) == len(some)


@given(weighed)
def test_borderline_are_the_nearest_to_the_bar_and_none_that_is_far(some: list[tuple[float, bool]]) -> None:
    pairs = _weighed(some)
    found = [abs(float(pairs.bits[at]) - 1.0) for at in nearest(pairs, np.arange(len(some) + 1), 1.0)]
    assert found == sorted(far for bits, _ in some if (far := abs(bits - 1.0)) <= NEAR)[:20]


def test_of_the_pairs_between_two_customers_the_nearest_stands_for_all() -> None:
    pairs = _pairs({(0, 2): 3.0, (0, 3): 2.0, (1, 2): -1.5, (0, 1): 4.0})
    assert nearest(pairs, np.array([0, 0, 2, 2]), 1.0) == [1, 3]


def test_a_row_that_stands_there_twice_is_no_pair_to_be_found() -> None:
    truth, first = np.array([7, 7, 7, 8]), np.array([0, 0, 2, 3])
    assert true_pairs(truth, first) == 1
