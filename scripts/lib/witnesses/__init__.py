# SPDX-License-Identifier: BSD-2-Clause
"""Each witness looks at one thing from outside the phone and says what it saw; verdict.py lets them contradict."""
