"""One thing that a colleague can do to a record, said once: who may, what is filled in, what is done, what is told."""
