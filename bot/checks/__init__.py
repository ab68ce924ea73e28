"""What `faqbot check` looks at: one gate a file. `content` puts them together."""
