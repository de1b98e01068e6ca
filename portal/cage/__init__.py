"""Where files from outside are decoded: a process of its own with little memory and time, no secrets and no way out.

`running.py` is all that other rooms know. The rest runs inside.
"""
