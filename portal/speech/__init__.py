"""Pages read aloud, line by line: by a person who recorded a line, or else by a made voice."""
