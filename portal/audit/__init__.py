"""What was done, by whom, when: append only, hash-chained, reads of a case included."""
