"""The guide on paper: its tree as SVG pages to read and sign, and every path as a table. Pure."""
