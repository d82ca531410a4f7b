"""Files of a workspace and of editions: found and read within limits; replaced whole or not at all."""
