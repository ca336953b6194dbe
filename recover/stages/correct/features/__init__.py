"""What speaks for a candidate: each file looks at one kind of evidence and names what it sees there.

A feature is a name and a label; what each label is worth, in log odds, was fitted on random print (``weights.json``).
"""
