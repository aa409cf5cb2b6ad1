"""How the window looks: tokens, fonts, icons, the palette and style sheet made from them, the painting vocabulary."""
