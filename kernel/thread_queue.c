/* SPDX-License-Identifier: BSD-2-Clause */
/* Doubly linked queues through thread->next and prev; a thread is in one at a time. */
#include "kernel/objects.h"

void thread_queue_insert(struct thread_queue *queue, struct thread *thread, struct thread *before)
{
    thread->next = before;
    thread->prev = before != NULL ? before->prev : queue->last;
    if (thread->prev != NULL) {
        thread->prev->next = thread;
    } else {
        queue->first = thread;
    }
    if (before != NULL) {
        before->prev = thread;
    } else {
        queue->last = thread;
    }
}

void thread_queue_remove(struct thread_queue *queue, struct thread *thread)
{
    if (thread->prev != NULL) {
        thread->prev->next = thread->next;
    } else {
        queue->first = thread->next;
    }
    if (thread->next != NULL) {
        thread->next->prev = thread->prev;
    } else {
        queue->last = thread->prev;
    }
}
