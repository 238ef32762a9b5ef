"""What a decision keeps, as plain data, and the same choice made again from it (pure)."""
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime

from routing.choose import Basis, Candidate, Choice, Verdict, choose
from routing.experience import Means, Record, Weights


def of_basis(basis: Basis, choice: Choice) -> dict:
    """What held for all candidates, and whether the ticket went to somebody to learn it or in another's stead."""
    return asdict(basis) | {"practice": choice.practice, "stand_in": choice.stand_in}


def of_candidates(choice: Choice) -> list[dict]:
    """One entry a person: the facts, what speaks against him, the parts and the score, and whether it is his."""
    return [_row(verdict) | {"chosen": verdict.candidate.id == choice.chosen} for verdict in choice.verdicts]


def _row(verdict: Verdict) -> dict:
    facts = asdict(verdict.candidate)
    since = verdict.candidate.idle_since
    return facts | {"idle_since": since and since.isoformat(), "conflicts": list(verdict.candidate.conflicts), "reasons": list(verdict.reasons),
                    "parts": asdict(verdict.parts), "experience": verdict.experience, "final": verdict.final}


def basis(kept: Mapping) -> Basis:
    """What held for all candidates, read again."""
    known = {field.name: kept[field.name] for field in fields(Basis) if field.name in kept}
    return Basis(**known | {"weights": Weights(**kept["weights"]), "means": Means(**kept["means"])})


def candidate(kept: Mapping) -> Candidate:
    """One candidate's facts, read again."""
    facts = {field.name: kept[field.name] for field in fields(Candidate) if field.name in kept}
    since = facts["idle_since"]
    return Candidate(**facts | {"idle_since": datetime.fromisoformat(since) if since else None, "conflicts": tuple(facts["conflicts"]),
                                "record": Record(**facts["record"])})


def same_again(kept: Mapping, candidates: Sequence[Mapping], result: str, chosen: int | None, relaxed: Sequence[str]) -> bool:
    """Make the choice again from what was kept: does it come out the same, with every reason, part and score?

    Facts that an older decision did not know yet count as they do for everybody, and are not compared.
    """
    again = choose([candidate(row) for row in candidates], basis(kept))
    made = (again.result, again.chosen, list(again.relaxed), again.practice, again.stand_in)
    rows = of_candidates(again)
    return (made == (result, chosen, list(relaxed), kept["practice"], kept.get("stand_in", False)) and len(rows) == len(candidates)
            and all({name: row.get(name) for name in old} == dict(old) for row, old in zip(rows, candidates, strict=True)))
