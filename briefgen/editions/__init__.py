"""The editions that stand in out/, read and never written; nothing here takes long to load."""

from briefgen.editions.edition import EDITIONS as EDITIONS
from briefgen.editions.edition import LATEST as LATEST
from briefgen.editions.edition import Edition as Edition
from briefgen.editions.edition import before as before
from briefgen.editions.edition import digest as digest
from briefgen.editions.edition import edition_folders as edition_folders
from briefgen.editions.edition import editions as editions
from briefgen.editions.edition import latest as latest
from briefgen.editions.edition import latest_of as latest_of
from briefgen.editions.edition import number_of as number_of
from briefgen.editions.edition import preceding as preceding
from briefgen.editions.edition import read_edition as read_edition
from briefgen.editions.edition import taken as taken
from briefgen.editions.leading import is_copy as is_copy
from briefgen.editions.leading import points_to as points_to
from briefgen.editions.manifest import MANIFEST as MANIFEST
from briefgen.editions.manifest import Manifest as Manifest
from briefgen.editions.manifest import read_manifest as read_manifest
from briefgen.editions.notes import Hold as Hold
from briefgen.editions.notes import has_leftovers as has_leftovers
from briefgen.editions.notes import held as held
from briefgen.editions.notes import last_held as last_held
from briefgen.editions.notes import next_changes as next_changes
