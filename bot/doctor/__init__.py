"""What `faqbot doctor` looks at: each check gives findings, with the remedy. No secret is ever in one."""
