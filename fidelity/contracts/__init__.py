"""Every request of our connectors and every answer of the stand-ins, against the vendors' own documents."""
