"""The preview: a local page that shows every document as it would be built now, and follows what is saved."""
