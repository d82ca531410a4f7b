"""A day as it is typed."""

from datetime import date

import click


class Day(click.ParamType[date]):
    """YYYY-MM-DD, the only way in which nobody takes the day for the month."""

    name = "YYYY-MM-DD"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """A calendar day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is no day; write it like 2026-11-21", param, ctx)
