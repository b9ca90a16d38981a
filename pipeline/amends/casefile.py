"""The case file and the facts files that go with it: reading them, and giving the same facts file a second time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from amends.errors import CaseError
from amends.facts import SellerFacts, load_facts
from amends.schemas import Case

#: From this share of a file's earlier entries on, a file of the same name counts as its new edition.
_SAME_FILE = 0.5


def load_case(path: Path) -> Case:
    """Return the case kept in `path`.

    Raises:
        CaseError: it cannot be read, or is no case file.
    """
    try:
        return Case.model_validate_json(path.read_bytes())
    except OSError as error:
        raise CaseError(f"Cannot read the case file {path}: {error.strerror}.", hint="Check the path.") from error
    except ValidationError as error:
        raise CaseError(
            f"{path} is no case file: {str(error).splitlines()[0]}.", hint="Give one that amends wrote, or a new name."
        ) from error


def load_given(paths: Sequence[Path]) -> SellerFacts:
    """All facts files as one; a later file's seller and answers win over an earlier one's. Raises FactsError."""
    given = SellerFacts()
    for path in paths:
        more = load_facts(path)
        given = SellerFacts(
            seller=given.seller.with_(**more.seller.model_dump(exclude_none=True)),
            story="\n\n".join(filter(None, (given.story, more.story))),
            items=(*given.items, *more.items),
            answers={**given.answers, **more.answers},
        )
    return given


def not_yet_told(case: Case, given: SellerFacts) -> tuple[Case, SellerFacts]:
    """Return case and facts so that adding the facts doubles nothing.

    A facts file given again replaces what it said before (its new edition); in another file, an entry that the case has
    word for word is passed over, and so is a story that it has.
    """
    renewed = {name for name in {_file(origin) for _, origin in given.items} if _is_new_edition(name, case, given)}
    facts = tuple(f for f in case.facts if not (f.item and _file(f.origin) in renewed))
    there = [f.item.text for f in facts if f.item]
    items = tuple((item, origin) for item, origin in given.items if item.text not in there)
    known = {a.question_id for a in case.answers if renewed and a.question_id in given.answers}
    case = case.with_(
        facts=tuple(f for f in facts if f.origin.removeprefix("answers: ") not in known),
        answers=tuple(a for a in case.answers if a.question_id not in known),
    )
    story = "" if given.story and given.story in case.story else given.story
    return case, SellerFacts(given.seller, story, items, given.answers)


def _file(origin: str) -> str:
    return origin.partition(":")[0]


def _is_new_edition(name: str, case: Case, given: SellerFacts) -> bool:
    before = [f.quote for f in case.facts if f.item and _file(f.origin) == name and not f.origin.startswith("answers:")]
    now = {item.text for item, origin in given.items if _file(origin) == name}
    return bool(before) and sum(text in now for text in before) >= _SAME_FILE * len(before)
