"""CRMDesk: a CRM for a small office, whose main product is one sheet of paper per manager."""

__version__ = "0.1.0"
