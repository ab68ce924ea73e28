"""What matching spends its time on, compiled where the machine has a C compiler; else numpy does it.

`kernel.c` is compiled while the package is installed, or by `python -m bot.kernel.compiling`. Without it nothing is
missing but speed.
"""
