"""Files that people send: known by what they hold, made anew, sealed, scanned, and given out only as downloads or media."""
