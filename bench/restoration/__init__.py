"""The training of the network that takes wear off a page: typeset lines, worn at random, and the way back."""
