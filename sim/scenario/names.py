"""Names that could be taken for one another get their ids beside them, before anything reads them; ids as words.

Pages, transcripts, pictures and tables all call things by the names of the models, so this is the one place for it.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sim.scenario.problems import Steps, at

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\ufe0e\ufe0f\uffa0")
"""Letters that show nothing although Unicode counts them among marks, letters or symbols."""

_LISTS = ("levers", "events", "ratification", "futures")


@dataclass(frozen=True)
class Alike:
    """Things of one kind whose names could be taken for one, each with where its name stands and its id."""

    kind: str
    named: tuple[tuple[Steps, str], ...]

    def says(self) -> str:
        """What a warning says of the last of them."""
        ids = [name for _, name in self.named]
        if len(ids) == 1:
            return "shows nothing; its id stands beside it wherever it is told"
        others = " and ".join(ids[:-1]) if len(ids) < 4 else f"{ids[0]} and {len(ids) - 2} more"
        return f"could be taken for the {self.kind} of {others}; ids stand beside them wherever they are told"


@lru_cache(maxsize=4096)
def seen_as(name: str) -> str:
    """A name without what the eye passes over: case, spaces, letters that show nothing, other forms of one letter."""
    if name.isascii():
        return "".join(name.split()).casefold()
    plain = unicodedata.normalize("NFKC", name)
    return "".join(letter for letter in plain if not _shows_nothing(letter)).casefold()


def joined(words: Sequence[str], last: str = " and ") -> str:
    """Words as a list in a sentence, such as `a, b and c`; empty where there are none."""
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def spoken(name: str) -> str:
    """An id as words."""
    return " ".join(name.split("_"))


def apart(named: Mapping[str, str]) -> dict[str, str]:
    """Names by id, with the id beside those that could be taken for one another."""
    alike = {one for group in _groups(named) for one in group}
    told = {one: f"{name} ({one})" if one in alike else name for one, name in named.items()}
    counts = Counter(told.values())
    return {one: f"{name} ({one})" if counts[name] > 1 else name for one, name in told.items()}


def shortened(names: Sequence[str], end: str) -> list[str]:
    """Names up to where `end` begins, but for those that would then be taken for one another."""
    cut = [name.partition(end)[0] for name in names]
    counts = Counter(map(seen_as, cut))
    return [short if counts[seen_as(short)] == 1 else name for short, name in zip(cut, names, strict=True)]


def told_apart(plain: Mapping[str, Any]) -> Mapping[str, Any]:
    """The data of a scenario in which no two things of a kind have names that could be taken for one."""
    for _, named in _kinds(plain):
        names = {one: each.name for one, each in named.items()}
        for one, name in apart(names).items():
            if name != names[one]:
                plain = _with(plain, named[one].path, name)
    return plain


def alike(plain: Mapping[str, Any]) -> list[Alike]:
    """Every set of names in the data of a scenario that could be taken for one another."""
    return [
        Alike(kind, tuple((named[one].path, one) for one in group))
        for kind, named in _kinds(plain)
        for group in _groups({one: each.name for one, each in named.items()})
    ]


def _groups(named: Mapping[str, str]) -> list[list[str]]:
    groups = defaultdict(list)
    for one, name in named.items():
        groups[seen_as(name)].append(one)
    return [group for key, group in groups.items() if len(group) > 1 or not key]


def _shows_nothing(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind in ("Cc", "Cf") or kind[0] == "Z" or letter in _BLANK


@dataclass(frozen=True)
class _Named:
    """What a thing is called, and where that stands or would stand."""

    path: Steps
    name: str


def _kinds(plain: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, _Named]]]:
    """What a kind of name is called, and the names of all things of the kind by their ids."""
    yield "name", _keyed(plain, ("parties",), ("name",))
    yield "title", _keyed(plain, ("issues",), ("title",))
    for issue in _keys(plain, ("issues",)):
        path: Steps = ("issues", issue, "options")
        yield "text", _keyed(plain, path, ()) | _keyed(plain, path, ("says",))
        yield "label", _labelled({one: (*path, one, "label") for one in _keys(plain, path)}, plain)
    yield "label", _labelled(_items(plain, ("phases",), "label"), plain)
    for party in _keys(plain, ("parties",)):
        yield "words", _listed(plain, ("parties", party, "red_lines"))
        yield "words", _listed(plain, ("parties", party, "linkages"))
    for key in _LISTS:
        yield "words", _listed(plain, (key,))


def _keys(plain: Mapping[str, Any], path: Steps) -> list[str]:
    inside = at(plain, path)
    return list(inside) if isinstance(inside, Mapping) else []


def _keyed(plain: Mapping[str, Any], path: Steps, rest: Steps) -> dict[str, _Named]:
    return _texts(plain, {one: (*path, one, *rest) for one in _keys(plain, path)})


def _listed(plain: Mapping[str, Any], path: Steps) -> dict[str, _Named]:
    return _texts(plain, _items(plain, path, "says"))


def _items(plain: Mapping[str, Any], path: Steps, key: str) -> dict[str, Steps]:
    """The way to a key of each thing in a list, by its id."""
    items = at(plain, path)
    ids = [at(item, ("id",)) for item in items] if isinstance(items, list | tuple) else []
    return {one: (*path, index, key) for index, one in enumerate(ids) if isinstance(one, str)}


def _texts(plain: Mapping[str, Any], places: Mapping[str, Steps]) -> dict[str, _Named]:
    return {one: _Named(path, name) for one, path in places.items() if isinstance(name := at(plain, path), str)}


def _labelled(places: Mapping[str, Steps], plain: Mapping[str, Any]) -> dict[str, _Named]:
    """Labels, and the words that stand where there is none."""
    return {one: _Named(path, spoken(one)) for one, path in places.items()} | _texts(plain, places)


def _with(data: Any, path: Steps, value: str) -> Any:
    """The data with another value at the end of a way; what is not on the way is shared.

    An option that is written as a text alone becomes a block with its label.
    """
    if not path:
        return value
    if isinstance(data, str):
        return {"says": data, path[0]: value}
    if not isinstance(data, Mapping | list):
        return data
    step: Any = path[0]
    changed = _with(data.get(step) if isinstance(data, Mapping) else data[step], path[1:], value)
    if isinstance(data, Mapping):
        return {**data, step: changed}
    return [changed if index == step else part for index, part in enumerate(data)]
