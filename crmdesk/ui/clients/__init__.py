"""The clients: a long list that opens at once, found as one types, each with what is known of him."""
