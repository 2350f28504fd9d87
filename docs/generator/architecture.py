"""The picture of the architecture: a room for each sub-package, an arrow for each import between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from itertools import pairwise

import grimp

PACKAGES = ("proofs_checks", "numeric", "w2s_theory")
"""From the top of the picture to its bottom: each imports those below it, never those above."""
COLOURS = {"proofs_checks": "#3f639c", "numeric": "#2f7d5b", "w2s_theory": "#96591f"}

MARGIN, LEFT, TOP = 24, 150, 8
ROW, HEIGHT, GAP, LETTER, LANE = 62, 27, 16, 7.3, 5
SWEEPS = 200

Arrows = Mapping[str, frozenset[str]]
"""For each room, the rooms that it imports; a file beside the sub-packages is a room of its own."""


@cache
def arrows() -> Arrows:
    """Return the imports between rooms as they are in the code, those inside functions included."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    found: dict[str, set[str]] = {}
    for module in sorted(graph.modules - set(PACKAGES)):
        here = found.setdefault(room_of(module), set())
        here |= {room_of(other) for other in graph.find_modules_directly_imported_by(module)}
    return {room: frozenset(others - {room, *PACKAGES}) for room, others in found.items()}


@cache
def sub_packages() -> tuple[str, ...]:
    """Return the rooms that are folders."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    return tuple(room for room in arrows() if graph.find_children(room))


def room_of(module: str) -> str:
    """Return the room that a module is in, such as w2s_theory.sphere."""
    return ".".join(module.split(".")[:2])


def package_of(room: str) -> str:
    """Return the package of a room."""
    return room.split(".", maxsplit=1)[0]


def essential(every: Arrows) -> Arrows:
    """Return the arrows without those that a detour over other rooms implies."""

    @cache
    def reached(room: str) -> frozenset[str]:
        return every[room].union(*(reached(other) for other in every[room]))

    return {
        room: frozenset(other for other in others if not any(other in reached(third) for third in others))
        for room, others in every.items()
    }


def row_numbers(every: Arrows) -> dict[str, int]:
    """Return the row of each room, 0 at the top, so that every arrow points down and that packages do not mix."""

    @cache
    def depth(room: str) -> int:
        beside = [other for other in every[room] if package_of(other) == package_of(room)]
        return 1 + max(map(depth, beside), default=-1)

    keys = {room: (PACKAGES.index(package_of(room)), -depth(room)) for room in every}
    return {room: sorted(set(keys.values())).index(key) for room, key in keys.items()}


def routes(drawn: Arrows, row: Mapping[str, int]) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """Return what each arrow passes, row by row: its rooms at both ends, and a lane of its own between others."""
    return {
        (start, end): [
            (start, row[start]),
            *((f"{start} > {end}", number) for number in range(row[start] + 1, row[end])),
            (end, row[end]),
        ]
        for start, others in sorted(drawn.items())
        for end in sorted(others)
    }


def places(drawn: Arrows, row: Mapping[str, int]) -> dict[tuple[str, int], float]:
    """Return where rooms and lanes are in their rows: each near to what it is tied to in other rows."""
    tied: dict[tuple[str, int], list[tuple[str, int]]] = {(room, row[room]): [] for room in sorted(row)}
    for route in routes(drawn, row).values():
        for above, below in pairwise(route):
            tied.setdefault(above, []).append(below)
            tied.setdefault(below, []).append(above)
    rows = [[item for item in tied if item[1] == number] for number in range(max(row.values()) + 1)]
    across = {item: 80.0 * (i - len(items) / 2) for items in rows for i, item in enumerate(items)}
    for _ in range(SWEEPS):
        for items in rows:
            wanted = {
                item: sum(across[other] for other in tied[item]) / max(1, len(tied[item])) for item in items
            }
            across |= spread(sorted(items, key=lambda item: (wanted[item], item)), wanted)
    leftmost = min(x - width_of(item[0]) / 2 for item, x in across.items())
    return {item: x - leftmost + LEFT for item, x in across.items()}


def spread(
    items: list[tuple[str, int]], wanted: Mapping[tuple[str, int], float]
) -> dict[tuple[str, int], float]:
    """Return the middles of a row's items in this order: near to the wanted ones, and without overlap."""

    def pushed(order: list[tuple[str, int]], sign: int) -> dict[tuple[str, int], float]:
        found, edge = {}, -float("inf")
        for item in order:
            half = width_of(item[0]) / 2
            found[item] = max(sign * wanted[item], edge + half)
            edge = found[item] + half + GAP
        return {item: sign * x for item, x in found.items()}

    right, left = pushed(items, 1), pushed(items[::-1], -1)
    return {item: (right[item] + left[item]) / 2 for item in items}


def width_of(item: str) -> float:
    """Return how wide a room or a lane is drawn."""
    return LANE if " > " in item else len(name_of(item)) * LETTER + 16


def name_of(room: str) -> str:
    """Return what is written on a room: a folder's name ends in a slash."""
    return room.split(".")[1] + ("/" if room in sub_packages() else "")


def draw() -> str:
    """Return the picture as SVG; arrows that follow from others are left out."""
    every = arrows()
    row, drawn = row_numbers(every), essential(every)
    across = places(drawn, row)
    width = max(x + width_of(item[0]) / 2 for item, x in across.items()) + MARGIN
    height = TOP * 2 + ROW * (max(row.values()) + 1)
    heads = (
        f'<marker id="{package}" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M 0 1 L 8 4 L 0 7 z" fill="{colour}"/></marker>'
        for package, colour in COLOURS.items()
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" role="img" '
            'font-family="DejaVu Sans, Verdana, sans-serif" font-size="12">',
            "<title>The rooms of the three packages, and the imports between them</title>",
            *heads,
            f'<rect width="{width:.0f}" height="{height}" fill="white"/>',
            *bands(row, width),
            *(
                arrow(start, end, [(across[item], middle(item[1])) for item in route])
                for (start, end), route in routes(drawn, row).items()
            ),
            *(box(room, across[room, number], middle(number)) for room, number in row.items()),
            "</svg>\n",
        ]
    )


def middle(number: int) -> float:
    """Return the height at which a row is."""
    return TOP + ROW * (number + 0.5)


def bands(row: Mapping[str, int], width: float) -> Iterator[str]:
    """Yield a coloured band for each package, with its name."""
    for package in PACKAGES:
        own = [number for room, number in row.items() if package_of(room) == package]
        top, bottom = middle(min(own)) - ROW / 2 + 3, middle(max(own)) + ROW / 2 - 3
        colour = COLOURS[package]
        yield (
            f'<rect x="6" y="{top:.0f}" width="{width - 12:.0f}" height="{bottom - top:.0f}" rx="8" '
            f'fill="{colour}" fill-opacity="0.08"/>'
            f'<text x="18" y="{top + 22:.0f}" font-size="15" font-weight="bold" fill="{colour}">{package}</text>'
        )


def arrow(start: str, end: str, points: list[tuple[float, float]]) -> str:
    """Return the arrow from a room to one that it imports, through its lanes, in the colour of the first."""
    x, y = points[0][0], points[0][1] + HEIGHT / 2
    path = f"M {x:.1f} {y:.1f}"
    for i, (to_x, to_y) in enumerate(points[1:], start=1):
        last = i == len(points) - 1
        arrive = to_y - HEIGHT / 2
        bend = (arrive - y) / 2
        path += f" C {x:.1f} {y + bend:.1f} {to_x:.1f} {arrive - bend:.1f} {to_x:.1f} {arrive:.1f}"
        if not last:
            path += f" V {to_y + HEIGHT / 2:.1f}"
        x, y = to_x, to_y + HEIGHT / 2
    package = package_of(start)
    return (
        f'<path d="{path}" fill="none" stroke="{COLOURS[package]}" stroke-width="1.1" stroke-opacity="0.8" '
        f'marker-end="url(#{package})"><title>{escape(start)} imports {escape(end)}</title></path>'
    )


def box(room: str, x: float, y: float) -> str:
    """Return a room with its name; a folder has a strong frame."""
    colour, width = COLOURS[package_of(room)], width_of(room)
    folder = room in sub_packages()
    return (
        f'<rect x="{x - width / 2:.1f}" y="{y - HEIGHT / 2:.1f}" width="{width:.1f}" height="{HEIGHT}" rx="5" '
        f'fill="white" stroke="{colour}" stroke-width="{1.8 if folder else 0.6}"/>'
        f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle">{name_of(room)}</text>'
    )
