"""Signs in what people write: what is to be read before the rest. A sign sorts; it never blocks and never decides."""
