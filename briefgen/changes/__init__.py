"""What two editions said -> what changed: told in rows, and as a sheet that can be applied."""

from briefgen.changes.compare import Change as Change
from briefgen.changes.compare import Changes as Changes
from briefgen.changes.compare import Said as Said
from briefgen.changes.compare import compare as compare
from briefgen.changes.compare import differences as differences
from briefgen.changes.kinds import ChangeKind as ChangeKind
from briefgen.changes.published import Data as Data
from briefgen.changes.published import Facts as Facts
from briefgen.changes.published import Published as Published
from briefgen.changes.published import as_data as as_data
from briefgen.changes.published import from_data as from_data
from briefgen.changes.published import said as said
from briefgen.changes.sheet import Sheet as Sheet
from briefgen.changes.sheet import apply as apply
from briefgen.changes.sheet import make_sheet as make_sheet
from briefgen.changes.sheet import replay as replay
from briefgen.changes.telling import Sides as Sides
from briefgen.changes.telling import Told as Told
