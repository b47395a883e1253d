/* SPDX-License-Identifier: BSD-2-Clause */
/* Doubly linked queues of threads; a thread is in one at a time. */
#pragma once

struct thread;

struct thread_queue {
    struct thread *first, *last;
};

/* In front of `before`; NULL: at the end. */
void thread_queue_insert(struct thread_queue *queue, struct thread *thread, struct thread *before);
void thread_queue_remove(struct thread_queue *queue, struct thread *thread);
