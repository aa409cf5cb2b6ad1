"""Small widgets that every screen shares; each follows the language and the look by itself."""
