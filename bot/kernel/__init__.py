"""What matching spends its time on, compiled where the machine has a C compiler; else numpy does it.

`kernel.c` is compiled while the package is installed, by `faqbot build`, or at the first start of `faqbot serve`.
Without it nothing is missing but speed.
"""
