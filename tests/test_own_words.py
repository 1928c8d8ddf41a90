"""The project says what the articles say in its own words."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT_SUFFIXES = {".yaml", ".md", ".py", ".toml", ".txt"}
TEXT_NAMES = {"Makefile"}
RUN_LENGTH = 8

Run = tuple[str, ...]


def words(text: str) -> list[str]:
    """Words without case and punctuation."""
    straight = re.sub(r"[\u2019'`]", "", text.casefold())
    return re.findall(r"[^\W_]+", straight)


def runs(text: str) -> Iterator[Run]:
    """Every run of RUN_LENGTH consecutive words."""
    found = words(text)
    for start in range(len(found) - RUN_LENGTH + 1):
        yield tuple(found[start : start + RUN_LENGTH])


def read(path: Path) -> str:
    """The text of a file, whatever its stray bytes."""
    return path.read_text(encoding="utf-8", errors="replace")


def project_texts() -> list[Path]:
    """Text files that git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return sorted(
        path for path in paths if path.is_file() and (path.suffix in TEXT_SUFFIXES or path.name in TEXT_NAMES)
    )


@pytest.fixture(scope="module")
def article_runs() -> dict[Run, str]:
    """Every run of words in the articles, with the article it is from."""
    folder = os.environ.get("SIM_ARTICLES")
    if not folder:
        pytest.skip("SIM_ARTICLES is not set: name the folder with the articles to check against")
    articles = sorted(Path(folder).glob("*.txt"))
    assert articles, f"no *.txt articles in {folder}"
    return {run: article.name for article in articles for run in runs(read(article))}


def test_runs_ignore_case_and_punctuation() -> None:
    """The comparison sees through quotation marks, dashes and capitals."""
    spoken = "“It\u2019s time,” he said—for BOTH of them to answer."
    plain = "its time he said for both of them to answer"
    assert list(runs(spoken)) == list(runs(plain))
    assert len(list(runs(plain))) == 3


def test_no_run_of_words_is_taken_from_an_article(article_runs: dict[Run, str]) -> None:
    """No text file of the project repeats eight consecutive words of an article."""
    copied = [
        f"{path.relative_to(ROOT)} has “{' '.join(run)}” of {article_runs[run]}"
        for path in project_texts()
        for run in runs(read(path))
        if run in article_runs
    ]
    assert not copied, "\n".join(copied)
