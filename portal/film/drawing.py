"""Each line as a drawing: calm round people and a few things, as SVG. `moment` runs from 0 to 1 while a scene comes in."""

INK, SKIN, WARM, GREEN, CREAM, WHITE = "#2b2440", "#e8b88a", "#ffd84d", "#14532d", "#fdf8ec", "#ffffff"
WIDTH, HEIGHT = 640, 360
PLACES = {1: (320,), 2: (210, 440), 3: (150, 340, 520)}
MOUTHS = {"happy": "M-22 14c6 18 38 18 44 0", "ok": "M-16 20h32", "sad": "M-20 26c6-14 34-14 40 0"}
STROKE = f'fill="none" stroke="{INK}" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"'


def frame(things: tuple[str, ...], moment: float) -> str:
    """One frame: the things of a scene, side by side, coming in gently from below."""
    eased = 1 - (1 - moment) ** 3
    drawn = [
        f'<g transform="translate({x} {190 + (1 - eased) * 26:.1f})" opacity="{0.15 + 0.85 * eased:.2f}">{draw(thing)}</g>'
        for x, thing in zip(PLACES[len(things)], things, strict=True)
    ]
    ground = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{CREAM}"/><path d="M0 318h{WIDTH}v42H0z" fill="#f3e6c4"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{ground}{"".join(drawn)}</svg>'


def draw(thing: str) -> str:
    """One thing by its name, such as `sam sad` or `card big`."""
    name, _, how = thing.partition(" ")
    if name in PEOPLE:
        return person(*PEOPLE[name], how or "happy")
    if name == "team":
        return "".join(
            f'<g transform="translate({x} 10) scale(.8)">{person(coat, hair, "happy")}</g>'
            for x, coat, hair in ((-130, "#5b8a72", "#6b4a2b"), (0, "#7a5ea8", "#222222"), (130, "#b0653f", "#8a8a8a"))
        )
    scale = 1.7 if how == "big" else 1
    return f'<g transform="scale({scale})">{THINGS[name]}</g>'


def person(coat: str, hair: str, mood: str) -> str:
    """A round person with a coat and hair of some colours."""
    return (
        f'<path d="M-62 128c0-66 26-92 62-92s62 26 62 92z" fill="{coat}"/>'
        f'<rect x="-15" y="16" width="30" height="34" fill="{SKIN}"/>'
        f'<circle cy="-30" r="58" fill="{SKIN}"/>'
        f'<path d="M-58-34c-4-52 28-66 58-66s62 14 58 66c-22-26-90-26-116 0z" fill="{hair}"/>'
        f'<circle cx="-20" cy="-28" r="5" fill="{INK}"/><circle cx="20" cy="-28" r="5" fill="{INK}"/>'
        f'<path transform="translate(0 -24)" d="{MOUTHS[mood]}" {STROKE}/>'
    )


def _code() -> str:
    squares = [(x, y) for x in range(7) for y in range(7) if (x * 5 + y * 3 + x * y) % 4 < 2]
    return "".join(f'<rect x="{x * 7}" y="{y * 7}" width="7" height="7" fill="{INK}"/>' for x, y in squares)


PEOPLE = {
    "sam": ("#3f7cac", "#4a3524"),
    "jo": ("#b0653f", "#222222"),
    "manager": ("#5b8a72", "#8a8a8a"),
    "advocate": ("#7a5ea8", "#6b4a2b"),
}
THINGS = {
    "card": f'<rect x="-85" y="-55" width="170" height="110" rx="10" fill="{WHITE}" stroke="{INK}" stroke-width="5"/>'
    f'<g transform="translate(18 -25)">{_code()}</g><path d="M-68-28h60M-68-4h48M-68 20h54" {STROKE}/>',
    "phone": f'<rect x="-48" y="-86" width="96" height="172" rx="14" fill="{INK}"/>'
    f'<rect x="-40" y="-70" width="80" height="132" fill="{WHITE}"/><rect x="-28" y="-50" width="56" height="16" rx="6" '
    f'fill="{GREEN}"/><path d="M-26-20h52M-26 2h40M-26 24h48" {STROKE}/>',
    "clock": f'<circle r="72" fill="{WHITE}" stroke="{INK}" stroke-width="6"/><path d="M0-44V0l30 18" {STROKE}/>',
    "heart": '<path d="M0 70S-82 18-82-32c0-46 60-56 82-12 22-44 82-34 82 12C82 18 0 70 0 70z" fill="#c8553d"/>',
    "speech": f'<path d="M-90-70H90V36H10l-34 36v-36h-66z" fill="{WHITE}" stroke="{INK}" stroke-width="6"/>'
    f'<path d="M-60-38H60M-60-10H34" {STROKE}/>',
    "shield": f'<path d="M0-84l76 30v46c0 46-30 78-76 96-46-18-76-50-76-96v-46z" fill="{WARM}" stroke="{INK}" '
    f'stroke-width="6"/><path d="M-30 2l22 24 42-48" {STROKE}/>',
    "faces": "".join(
        f'<g transform="translate({x} 0)"><circle r="40" fill="{WARM}" stroke="{INK}" stroke-width="5"/>'
        f'<circle cx="-14" cy="-8" r="4" fill="{INK}"/><circle cx="14" cy="-8" r="4" fill="{INK}"/>'
        f'<path transform="scale(.8) translate(0 0)" d="{mouth}" {STROKE}/></g>'
        for x, mouth in ((-92, MOUTHS["happy"]), (0, MOUTHS["ok"]), (92, MOUTHS["sad"]))
    ),
}
