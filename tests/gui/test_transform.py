from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from lsd2_gui.canvas.transform import MAX_SCALE, Point, Size, ViewTransform

sides = st.integers(1, 9000)
views = st.builds(Size, st.integers(50, 4000), st.integers(50, 3000))
images = st.builds(Size, sides, sides)
shares = st.floats(0, 1)
moves = st.one_of(
    st.tuples(st.just("pan"), st.floats(-5000, 5000), st.floats(-5000, 5000)),
    st.tuples(st.just("zoom"), st.floats(0.2, 5), shares),
    st.tuples(st.just("resize"), st.integers(50, 4000), st.integers(50, 3000)),
    st.tuples(st.just("toggle"), shares, shares),
)


def moved(transform: ViewTransform, move: tuple[str, float, float]) -> ViewTransform:
    name, one, two = move
    if name == "pan":
        return transform.panned(one, two)
    if name == "zoom":
        return transform.zoomed_by(one, Point(two * transform.view.width, two * transform.view.height))
    if name == "resize":
        return transform.resized(Size(one, two))
    return transform.toggled(Point(one * transform.view.width, two * transform.view.height))


@given(views, images)
def test_fit_shows_the_whole_image_and_touches_two_edges(view: Size, image: Size) -> None:
    transform = ViewTransform.fitting(view, image)
    corner = transform.to_view(Point(image.width, image.height))
    assert transform.offset.x >= -1e-6
    assert transform.offset.y >= -1e-6
    assert corner.x <= view.width + 1e-6
    assert corner.y <= view.height + 1e-6
    if transform.scale < MAX_SCALE:
        assert math.isclose(image.width * transform.scale, view.width, rel_tol=1e-9) or math.isclose(
            image.height * transform.scale, view.height, rel_tol=1e-9
        )


@given(views, images, st.lists(moves, max_size=8))
def test_however_it_is_moved_the_image_fills_the_pane_or_lies_in_its_middle(
    view: Size, image: Size, path: list[tuple[str, float, float]]
) -> None:
    transform = ViewTransform.fitting(view, image)
    for move in path:
        transform = moved(transform, move)
        for offset, room, extent in (
            (transform.offset.x, transform.view.width, image.width * transform.scale),
            (transform.offset.y, transform.view.height, image.height * transform.scale),
        ):
            if extent <= room:
                assert math.isclose(offset, (room - extent) / 2, abs_tol=1e-6)
            else:
                assert room - extent - 1e-6 <= offset <= 1e-6
        assert 0 < transform.scale <= MAX_SCALE


@given(views, images, shares, shares, st.floats(0.3, 4))
def test_zoom_keeps_the_point_under_the_pointer_unless_an_edge_forbids(
    view: Size, image: Size, x: float, y: float, factor: float
) -> None:
    transform = ViewTransform.fitting(view, image).zoomed_to(4.0, Point(view.width / 2, view.height / 2))
    anchor = Point(x * view.width, y * view.height)
    fixed = transform.to_image(anchor)
    after = transform.zoomed_by(factor, anchor)
    kept = after.to_image(anchor)
    for before, now, offset, room, extent in (
        (fixed.x, kept.x, after.offset.x, view.width, image.width * after.scale),
        (fixed.y, kept.y, after.offset.y, view.height, image.height * after.scale),
    ):
        at_edge = extent <= room or offset >= -1e-6 or offset <= room - extent + 1e-6
        assert at_edge or math.isclose(before, now, rel_tol=1e-6, abs_tol=1e-6)


@given(views, images, st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_to_image_undoes_to_view(view: Size, image: Size, x: float, y: float) -> None:
    transform = ViewTransform.fitting(view, image)
    there = transform.to_image(transform.to_view(Point(x, y)))
    assert math.isclose(there.x, x, rel_tol=1e-6, abs_tol=1e-6)
    assert math.isclose(there.y, y, rel_tol=1e-6, abs_tol=1e-6)


@given(views, images)
def test_toggle_goes_to_100_percent_and_back(view: Size, image: Size) -> None:
    fit = ViewTransform.fitting(view, image)
    close = fit.toggled(fit.centre)
    assert close.scale == 1.0
    assert not close.fits
    assert close.toggled(fit.centre) == fit


def test_wheel_steps_stop_at_100_percent_and_at_fit() -> None:
    transform = ViewTransform.fitting(Size(1000, 800), Size(3000, 2400))
    seen = []
    for _ in range(12):
        transform = transform.zoomed_by(2**0.5, transform.centre)
        seen.append(transform.scale)
    assert 1.0 in seen
    for _ in range(20):
        transform = transform.zoomed_by(2**-0.5, transform.centre)
        seen.append(transform.scale)
    assert transform.fit_scale in seen
    assert transform.scale == transform.fit_scale / 2


def test_a_fitting_view_fits_again_after_a_resize_and_a_zoomed_one_keeps_its_middle() -> None:
    fit = ViewTransform.fitting(Size(1000, 800), Size(3000, 2000))
    assert fit.resized(Size(500, 500)) == ViewTransform.fitting(Size(500, 500), Size(3000, 2000))
    close = fit.zoomed_to(1.0, Point(500, 400))
    middle = close.to_image(close.centre)
    smaller = close.resized(Size(700, 600))
    assert smaller.scale == 1.0
    assert smaller.to_image(smaller.centre) == middle


def test_painting_starts_on_a_whole_pixel() -> None:
    transform = ViewTransform.fitting(Size(1001, 801), Size(300, 200)).zoomed_to(1.0, Point(3, 3))
    assert transform.offset == Point(350.5, 300.5)
    assert transform.origin == Point(350.0, 300.0)


@given(views, images, st.floats(0.2, 5), shares, shares)
def test_what_is_seen_lies_in_the_image_and_centring_puts_a_point_in_the_middle(
    view: Size, image: Size, factor: float, x: float, y: float
) -> None:
    transform = ViewTransform.fitting(view, image).zoomed_by(factor, Point(0, 0))
    left, top, right, bottom = transform.visible
    assert 0 <= left <= right <= image.width + 1e-6
    assert 0 <= top <= bottom <= image.height + 1e-6
    if not transform.is_zoomed:
        assert (right - left) * (bottom - top) >= 0.99 * image.width * image.height - 2 * max(image.width, image.height)
    wanted = Point(x * image.width, y * image.height)
    seen = transform.centred_on(wanted)
    assert seen.scale == transform.scale
    there = seen.to_view(wanted)
    for place, room, offset, extent in (
        (there.x, view.width, seen.offset.x, image.width * seen.scale),
        (there.y, view.height, seen.offset.y, image.height * seen.scale),
    ):
        at_edge = extent <= room or offset >= -1e-6 or offset <= room - extent + 1e-6
        assert at_edge or math.isclose(place, room / 2, abs_tol=1e-4 * max(1.0, extent))


def test_a_picture_that_fits_is_not_zoomed_and_one_step_in_is() -> None:
    fit = ViewTransform.fitting(Size(1000, 800), Size(3000, 2000))
    assert not fit.is_zoomed
    assert fit.visible == (0, 0, 3000, 2000)
    close = fit.zoomed_to(1.0, Point(0, fit.offset.y))
    assert close.is_zoomed
    assert close.visible == (0, 0, 1000, 800)
