"""Finds the fact that a person names: by its id, or as PARTNERSHIP/ID where several partnerships have the id."""

from collections.abc import Collection, Mapping

from briefgen.model.findings import FindingsError, did_you_mean

_SIMILAR = 12


def find_fact(name: str, known: Mapping[str, Collection[str]]) -> tuple[str, str]:
    """Return the partnership and the id of a fact, by the ids of the facts of each partnership.

    FindingsError if no partnership has it (A603), or if several have and none is named (A606).
    """
    partnership, _, id = name.rpartition("/")
    if partnership and partnership not in known:
        raise FindingsError.of("facts", "A603", f"there are no facts '{partnership}'", did_you_mean(partnership, known))
    among = {partnership: known[partnership]} if partnership else known
    found = [each for each, ids in among.items() if id in ids]
    if len(found) > 1:
        message = f"{len(found)} partnerships have a fact '{id}': {', '.join(found)}"
        raise FindingsError.of("facts", "A606", message, f"name one of them: {found[0]}/{id}")
    if not found:
        message = f"there is no fact '{id}'" + (f" of '{partnership}'" if partnership else "")
        raise FindingsError.of("facts", "A603", message, _similar(id, [each for ids in among.values() for each in ids]))
    return found[0], id


def _similar(id: str, known: list[str]) -> str:
    alike = [each for each in dict.fromkeys(known) if set(each.split("-")) & set(id.casefold().split("-"))]
    return did_you_mean(id, known) or (f"similar: {', '.join(alike[:_SIMILAR])}" if alike else "")
