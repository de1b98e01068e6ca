"""The register of people who investigate, watch over an investigation, or sit on a panel."""
