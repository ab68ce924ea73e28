"""What clinic admins write: the models of the YAML files under `faq/`, and the strict loader that reads them."""
