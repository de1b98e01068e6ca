"""The film: a minute that shows what the card is for, made from one scene file a language."""
