"""What each system's people said, and which of it is the customer's golden value. Pure."""
