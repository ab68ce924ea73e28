"""What matching and the gate spend their time on, compiled where the machine has a C compiler; else Python does it.

The C files are compiled into one library while the package is installed, by `faqbot build`, or at the first start of
`faqbot serve`.
Without it nothing is missing but speed.
"""
