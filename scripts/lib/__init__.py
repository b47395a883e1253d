# SPDX-License-Identifier: BSD-2-Clause
"""What scripts/replay, scripts/demo and scripts/test share: the emulated phone, scenarios, witnesses, reports."""
