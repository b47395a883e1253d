#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# flood [NUMBER [RATE [SECONDS]]]: dial requests without end. oFono sleeps meanwhile, so that
# the answers can be counted.
killall -STOP ofonod 2>/dev/null
/attack/flood-line "${1:-09005123456}" "${2:-1000}" "${3:-10}"
status=$?
killall -CONT ofonod 2>/dev/null
exit $status
