"""Mail that waits for the post: written in the action's transaction, sent after."""
