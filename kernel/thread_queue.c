/* SPDX-License-Identifier: BSD-2-Clause */
/* Doubly linked queues through thread->next and prev; a thread is in one at a time. */
#include "kernel/thread.h"

void thread_queue_add_last(struct thread_queue *queue, struct thread *thread)
{
    thread->next = NULL;
    thread->prev = queue->last;
    if (queue->last != NULL) {
        queue->last->next = thread;
    } else {
        queue->first = thread;
    }
    queue->last = thread;
}

void thread_queue_add_first(struct thread_queue *queue, struct thread *thread)
{
    thread->prev = NULL;
    thread->next = queue->first;
    if (queue->first != NULL) {
        queue->first->prev = thread;
    } else {
        queue->last = thread;
    }
    queue->first = thread;
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
