"""The programs that the tests of `briefgen schedule` put in the system's place."""

from tools.schedule.conftest import programs as programs
