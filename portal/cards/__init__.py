"""Batches of QR cards, their print sheet, and counters that know no child."""
