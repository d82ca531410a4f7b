"""Documents -> an edition in out/: staged, checked and switched in by one rename, whole or not at all."""

from briefgen.publish.disk import replace_file as replace_file
from briefgen.publish.locking import locked as locked
from briefgen.publish.noting import let_go as let_go
from briefgen.publish.noting import remember as remember
from briefgen.publish.publishing import publish as publish
from briefgen.publish.retention import prune as prune
from briefgen.publish.retention import superfluous as superfluous
from briefgen.publish.rollback import roll_back as roll_back
from briefgen.publish.verifying import verify_edition as verify_edition
from briefgen.publish.verifying import verify_home as verify_home
