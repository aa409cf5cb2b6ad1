"""Use cases, one module a noun; one public method is one verb and one transaction."""
