#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# panic: brings the Linux kernel down. With `reboot` it restarts itself after a second.
[ "${1:-}" = reboot ] && echo 1 >/proc/sys/kernel/panic
echo c >/proc/sysrq-trigger
