"""Every step of the later stages and other routes as data: its page, its form, its deed. `routes/steps.py` shows them."""
