# SPDX-License-Identifier: BSD-2-Clause
# The kernel's objects: the same files on a board and in the host tests.
set(KERNEL_SOURCES
    boot.c cap.c cnode.c console.c delete.c endpoint.c fastpath.c frame.c ipc.c irq.c notification.c
    object.c panic.c reply.c run.c sched.c space.c syscall.c thread.c thread_queue.c timeline.c timer.c trace.c
    untyped.c vcpu.c)
# Only on a board: what the compiler expects to find somewhere.
set(KERNEL_TARGET_SOURCES memory.c stack_guard.c)
