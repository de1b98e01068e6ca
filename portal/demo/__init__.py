"""A made-up year and made-up colleagues, played through the same services that clicks use."""
