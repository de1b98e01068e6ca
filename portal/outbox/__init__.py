"""Mail that waits for the post: written in the deed's transaction, sent after."""
