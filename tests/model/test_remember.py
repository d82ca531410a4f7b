"""A function that remembers returns an earlier result only where nothing that it is given could print differently."""

from decimal import Decimal

from briefgen.model import remembered


def test_the_same_object_and_equal_others_are_not_computed_again() -> None:
    calls = []

    @remembered(2)
    def joined(first: list[int], *others: str, end: str = "") -> str:
        calls.append(first)
        return f"{first} {others} {end}"

    one, other = [1], [1]
    assert joined(one, "a") is joined(one, "a")
    joined(other, "a")
    joined(one, "b")
    joined(one, "b", end="!")
    assert len(calls) == 4


def test_equal_values_that_print_differently_are_told_apart() -> None:
    @remembered(2)
    def printed(value: Decimal) -> str:
        return str(value)

    assert (printed(Decimal("3.2")), printed(Decimal("3.20"))) == ("3.2", "3.20")


def test_the_oldest_is_forgotten_and_an_exception_is_not_kept() -> None:
    calls = []

    @remembered(1)
    def halved(value: int) -> int:
        calls.append(value)
        return 10 // value

    for value in (1, 2, 1, 0, 0):
        try:
            halved(value)
        except ZeroDivisionError:
            continue
    assert calls == [1, 2, 1, 0, 0]
