"""Charts follow the house's rules, whatever they show: readable, still, and safe."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboard.components import palette
from dashboard.components.bubble_map import NAMES, Dot, Lines, bubble_map
from dashboard.components.contributions import Part, contribution_bars
from dashboard.components.core_dots import Held, core_dots
from dashboard.components.gantt import Bar, Gate, gantt
from dashboard.components.money_map import money_map
from dashboard.components.outcome_bars import Line, Pillar, outcome_bars
from dashboard.components.palette import Mode
from dashboard.components.shares import Share, share_dots
from dashboard.components.step_curve import Axis, Mark, Point, step_curve
from dashboard.services.budgets import Ticks
from dashboard.services.proposals import Row

EVIL = "<b>evil</b> & <a href='http://evil.example'>co</a>"


def dots(names: tuple[str, ...]) -> list[Dot]:
    return [
        Dot(
            str(k), name, f"theme {k}", "lead", 0.1 + k / 20, 1_000.0 * (k + 1), 100 * k, k % 2 == 0
        )
        for k, name in enumerate(names)
    ]


def draw_map(mode: Mode) -> go.Figure:
    return bubble_map(dots((EVIL, "b", "c", "d", EVIL)), Lines(0.2, 2_000.0), "EUR", mode)


def draw_curve(mode: Mode) -> go.Figure:
    points = [Point(k, k * 2.0, k % 2 == 0, k * 2.5, "x", str(k)) for k in range(6)]
    marks = [Mark(4, 8, "①")]
    ticks = Ticks((0.0, 5.0), ("€0", "€5"))
    here = Mark(3, 6, "Your setting", "€3 → €6")
    across = Axis((0, 5), ticks, "Money")
    return step_curve(
        points, points[::2], across, ticks, here, Mark(2, 4, "As agreed"), marks, mode
    )


def draw_gantt(mode: Mode) -> go.Figure:
    gates = (Gate(EVIL, date(2026, 3, 1), True), Gate("g2", date(2026, 9, 1), False))
    bars = [
        Bar(
            EVIL,
            date(2026, 1, 1),
            date(2026, 12, 31),
            date(2027, 6, 1),
            True,
            "22 weeks late",
            gates,
        ),
        Bar("same", date(2026, 1, 1), date(2026, 12, 31), None, False, "not known"),
        Bar("same", date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31), False, "on plan"),
    ]
    return gantt(bars, date(2026, 11, 24), mode)


def draw_shares(mode: Mode) -> go.Figure:
    rows = [Share(EVIL, 31.0, 5, 30), Share("free", 9.0, None, None), Share("low", 3, 5, None)]
    return share_dots(rows, mode)


def draw_bars(mode: Mode) -> go.Figure:
    return contribution_bars([Part(EVIL, 30.0, 40.0, 20.0), Part("b", None, 60.0, None)], mode)


def draw_money(mode: Mode) -> go.Figure:
    rows = [
        Row(str(k), EVIL, EVIL, EVIL, k == 1, 500, 100 * k, None, None, k * 1_000_000, "")
        for k in range(3)
    ]
    return money_map(rows, "benefit", "EUR", mode)


def draw_core(mode: Mode) -> go.Figure:
    rows = [Held(EVIL, 1.0, "core"), Held(EVIL, 0.4, "borderline"), Held("c", 0.0, "exterior")]
    return core_dots([*rows, Held("and 3 more")], mode)


def draw_outcomes(mode: Mode) -> go.Figure:
    pillars = [
        Pillar(k, k + 1.0, 20.0, EVIL, f"20 of 100: {EVIL}") for k in (-2.0, -1.0, 0.0, 1.0, 2.0)
    ]
    lines = [Line(-1.5, EVIL, "right"), Line(0.5, "On average"), Line(2.5, EVIL, "left")]
    return outcome_bars(pillars, lines, ((0.0,), ("€0",)), mode)


CHARTS = (
    draw_money,
    draw_map,
    draw_curve,
    draw_gantt,
    draw_shares,
    draw_bars,
    draw_core,
    draw_outcomes,
)
MODES: tuple[Mode, ...] = ("light", "dark")


@pytest.mark.parametrize("draw", CHARTS)
@pytest.mark.parametrize("mode", MODES)
def test_a_finger_cannot_zoom_and_all_text_can_be_read(
    draw: Callable[[Mode], go.Figure], mode: Mode
) -> None:
    figure = draw(mode)
    layout = figure.layout
    assert layout.dragmode is False
    for axis in (layout.xaxis, layout.yaxis):
        assert axis.fixedrange
        assert axis.tickangle == 0
        assert axis.tickfont.color == palette.INK[mode]
        assert axis.tickfont.size >= 13
    assert layout.font.color == palette.INK[mode]
    assert all(note.font.color for note in layout.annotations)
    assert all(note.font.size >= 13 for note in layout.annotations)


@pytest.mark.parametrize("draw", CHARTS)
def test_no_name_is_read_as_markup(draw: Callable[[Mode], go.Figure]) -> None:
    text = draw("light").to_json()
    assert "\\u003ca href" not in text
    assert "<a href" not in text
    assert "\\u003cb\\u003eevil" not in text


@pytest.mark.parametrize("draw", CHARTS)
def test_hovering_shows_no_second_box(draw: Callable[[Mode], go.Figure]) -> None:
    for trace in draw("light").data:
        if trace.hovertemplate:
            assert trace.hovertemplate.endswith("<extra></extra>")
        else:
            assert trace.hoverinfo == "skip"


def test_in_the_mix_is_solid_and_outside_is_a_ring() -> None:
    marks = [trace for trace in draw_map("light").data if trace.customdata is not None]
    rings, solid = marks
    assert set(rings.customdata) == {"1", "3"}
    assert rings.marker.color == "rgba(0,0,0,0)"
    assert set(solid.customdata) == {"0", "2", "4"}


def test_numbers_of_steps_that_would_overlap_share_a_place() -> None:
    points = [Point(0, 0, exact=True), Point(100, 10, exact=True)]
    marks = [Mark(10, 1, "①"), Mark(11, 2, "②"), Mark(50, 3, "③")]
    none = Ticks((), ())
    across = Axis((0, 100), none, "Money")
    figure = step_curve(points, [], across, none, None, None, marks, "light")
    assert [note.text for note in figure.layout.annotations] == ["①②", "③"]


def test_area_not_width_follows_cost() -> None:
    pair = [
        Dot("a", "a", "t", "", 0.5, 10.0, 400, True),
        Dot("b", "b", "t", "", 0.6, 20.0, 100, True),
    ]
    solid = bubble_map(pair, None, "EUR", "light").data[-1]
    assert solid.marker.size[0] == pytest.approx(2 * solid.marker.size[1])


def test_only_a_few_names_stand_on_the_map_and_none_on_another() -> None:
    crowd = dots(tuple(f"Proposal number {k}" for k in range(18)))
    figure = bubble_map(crowd, None, "EUR", "light")
    assert len(figure.layout.annotations) <= NAMES


def test_two_initiatives_of_one_name_keep_two_rows() -> None:
    figure = draw_gantt("light")
    assert list(figure.layout.yaxis.ticktext)[1:] == ["same", "same"]
    assert len(set(figure.layout.yaxis.tickvals)) == 3


def test_what_is_late_is_hatched_as_well_as_rust() -> None:
    late = [
        t for t in draw_gantt("light").data if t.type == "bar" and t.marker.color == palette.RUST
    ]
    (bars,) = late
    assert bars.marker.pattern.shape == "/"
    assert bars.marker.pattern.fillmode == "overlay"


def test_what_loses_money_is_hatched_as_well_as_rust() -> None:
    loses, gains = draw_outcomes("light").data
    assert (loses.marker.color, loses.marker.pattern.shape) == (palette.RUST, "/")
    assert (gains.marker.color, gains.marker.pattern.shape) == (palette.BLUE, "")
    assert list(loses.x) == [-1.5, -0.5]
    assert list(gains.x) == [0.5, 1.5, 2.5]


def test_the_words_of_lines_stand_above_one_another() -> None:
    figure = draw_outcomes("light")
    heights = [note.yshift for note in figure.layout.annotations]
    assert sorted(set(heights), reverse=True) == heights
    assert figure.layout.margin.t > max(heights)


def test_a_share_outside_its_limits_has_another_shape() -> None:
    marks = draw_shares("light").data[-1].marker
    assert list(marks.symbol) == ["diamond", "circle", "diamond"]


def test_six_themes_have_colors_and_the_rest_are_other() -> None:
    themes = [f"t{k}" for k in range(9) for _ in range(9 - k)] + [""]
    colors = palette.theme_colors(themes, "light")
    assert list(colors) == ["t0", "t1", "t2", "t3", "t4", "t5", palette.OTHERS]
    assert colors[palette.OTHERS] == palette.OTHER["light"]
    assert len(set(colors.values())) == 7


def test_the_same_themes_get_the_same_colors_in_any_order() -> None:
    themes = ["b", "a", "c", "a"]
    assert palette.theme_colors(themes, "dark") == palette.theme_colors(themes[::-1], "dark")


def test_chart_colors_are_those_of_the_theme(repository: Path) -> None:
    theme = tomllib.loads((repository / ".streamlit" / "config.toml").read_text())["theme"]
    for mode in MODES:
        categorical = tuple(theme[mode]["chartCategoricalColors"])
        assert palette.CATEGORIES[mode] == categorical[:6]
        assert palette.OTHER[mode] == categorical[6]
        assert palette.PAGE[mode] == theme[mode]["backgroundColor"]
