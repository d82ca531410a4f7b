"""`templates/look.yaml`: the workspace's own laid over the shipped one, read, checked, and made ready for templates."""

from briefgen.look.embargo import lapsed as lapsed
from briefgen.look.reading import look_places as look_places
from briefgen.look.reading import read_look as read_look
from briefgen.look.words import printed_markings as printed_markings
