"""Parts that go another way than the statutory one, each on its own clock."""
