/* SPDX-License-Identifier: BSD-2-Clause */
/* Objects that the kernel's host tests begin with. */
#include "fixture.h"

#include "../proof/cap_sound.h"

enum { BOOT_BUNDLE_BYTES = 4 * 4096, DEEP = 500, SLOTS_USED = 1024 };

static struct arch_context *last_context;
unsigned fixture_restarts;

struct cpu *cpu(void)
{
    return &cpu_areas[0].cpu;
}

struct thread *current(void)
{
    return cpu()->current;
}

struct thread *root(void)
{
    return slot(ROOT_SLOT_THREAD)->thread;
}

/* ---- boot ------------------------------------------------------------------------------------ */

static struct cnode *root_cnode;

struct cap *slot(unsigned index)
{
    return &root_cnode->slots[index];
}

static void write_bundle(void)
{
    struct bundle_header *h = arch_memory(fake_board()->bundle);
    unsigned char *bytes = (unsigned char *)h;

    memset(bytes, 0, BOOT_BUNDLE_BYTES);
    for (unsigned i = sizeof(*h); i < BOOT_BUNDLE_BYTES; i++) {
        bytes[i] = (unsigned char)(i * 7);
    }
    *h = (struct bundle_header){
        .magic = BUNDLE_MAGIC,
        .version = BUNDLE_VERSION,
        .total_bytes = BOOT_BUNDLE_BYTES,
        .root_offset = 4096,
        .root_text_bytes = 4096,
        .root_rodata_bytes = 4096,
        .root_data_bytes = 4096,
        .root_entry = ROOT_IMAGE_VA + 8,
    };
    h->crc32 = bundle_crc32(bytes + sizeof(*h), BOOT_BUNDLE_BYTES - (uint32_t)sizeof(*h));
}

int fixture_boot(void **state)
{
    (void)state;
    fake_reset();
    memset(cpu_areas, 0, sizeof(cpu_areas));
    write_bundle();
    boot_run(fake_board());
    root_cnode = CONTAINER_OF(current()->slots, struct cnode, slots);
    check_invariants();
    return 0;
}

void retype(unsigned untyped, enum object_type type, abi_word parameter, unsigned to)
{
    OK(SYS_UNTYPED_RETYPE, untyped, (abi_word)type, parameter, RETYPE_NEXT, ROOT_SLOT_CNODE, to);
}

void copy(unsigned from, unsigned to, unsigned rights, abi_word badge)
{
    OK(SYS_CAP_COPY, ROOT_SLOT_CNODE, to, ROOT_SLOT_CNODE, from, rights, badge);
}

void copy_deep(unsigned from, unsigned to)
{
    unsigned between = DEEP;

    while (slot(from)->depth < DERIVATION_DEPTH - 1) {
        while (slot(between)->type != OBJECT_NONE) {
            between++;
        }
        copy(from, between, RIGHTS_ALL, 0);
        from = between;
    }
    copy(from, to, RIGHTS_ALL, 0);
}

int fixture_objects(void **state)
{
    static const struct {
        enum test_slot slot;
        enum object_type type;
        abi_word parameter;
    } object[] = {
        { ENDPOINT, OBJECT_ENDPOINT, 0 },  { REPLY, OBJECT_REPLY, 0 },
        { NOTE, OBJECT_NOTIFICATION, 0 },  { THREAD, OBJECT_THREAD, 0 },
        { SCHED, OBJECT_SCHED, 0 },        { SPACE, OBJECT_SPACE, SPACE_NATIVE },
        { TABLE, OBJECT_TABLE, 0 },        { GUEST_SPACE, OBJECT_SPACE, SPACE_GUEST },
        { FRAME, OBJECT_FRAME, 12 },       { VCPU, OBJECT_VCPU, 0 },
        { TIMER, OBJECT_TIMER, 0 },        { CNODE, OBJECT_CNODE, 4 },
        { LARGE_FRAME, OBJECT_FRAME, 21 },
    };

    fixture_boot(state);
    for (unsigned i = 0; i < sizeof(object) / sizeof(object[0]); i++) {
        retype(RAM, object[i].type, object[i].parameter, object[i].slot);
    }
    OK(SYS_UNTYPED_RETYPE, DEVICE, OBJECT_FRAME, 12, 0, ROOT_SLOT_CNODE, DEVICE_FRAME);
    OK(SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, IRQ_ID, ROOT_SLOT_CNODE, IRQ);
    for (unsigned i = ENDPOINT; i < OBJECTS_END; i++) {
        if (i != TABLE) {
            copy(i, i + WEAK, 0, 0);
        }
    }
    return 0;
}

int fixture_end(void **state)
{
    (void)state;
    fake.is_pending = false;
    for (unsigned i = 1; i < root_cnode->count; i++) {
        while (!cap_is_empty(slot(i)) && cap_has_descendants(slot(i))) {
            cap_delete(cap_some_leaf(slot(i)));
        }
        while (reaper_has_work()) {
            reaper_step();
        }
    }
    run_next(cpu());
    check_invariants();
    for (unsigned i = 1; i < root_cnode->count; i++) {
        if (!cap_is_empty(slot(i)) && slot(i)->type != OBJECT_CNODE) {
            assert_int_equal(slot(i)->depth, 1);
            cap_delete(slot(i));
        }
    }
    while (reaper_has_work()) {
        reaper_step();
    }
    assert_null(cpu()->timeline);
    assert_true(cpu()->ready == 0);
    return 0;
}

/* ---- calls ----------------------------------------------------------------------------------- */

abi_word sys_words_unchecked(unsigned number, const abi_word *arguments)
{
    struct arch_context *context = cpu()->arch.context;

    assert_non_null(context);
    last_context = context;
    fixture_restarts = 0;
    for (unsigned i = 0; i < 7; i++) {
        context->x[i] = arguments[i];
    }
    context->x[7] = number;
    do {
        fake.has_restarted = false;
        kernel_syscall(&cpu()->arch);
        fixture_restarts++;
    } while (fake.has_restarted && cpu()->arch.context == context);
    fixture_restarts--;
    return context->x[0];
}

abi_word sys_words(unsigned number, const abi_word *arguments)
{
    const abi_word result = sys_words_unchecked(number, arguments);

    check_invariants();
    return result;
}

abi_word result(unsigned reg)
{
    return last_context->x[reg];
}

abi_word result_of(const struct thread *thread, unsigned reg)
{
    return thread->context.x[reg];
}

void budget(unsigned sched, unsigned budget_us, unsigned period_us)
{
    OK(SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, sched, budget_us, period_us);
}

struct thread *make_thread(unsigned thread, unsigned sched, unsigned priority)
{
    struct thread *object;

    retype(RAM, OBJECT_THREAD, 0, thread);
    object = slot(thread)->thread;
    OK(SYS_THREAD_CONFIGURE, thread, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, 0, 0, 0, priority);
    if (sched != 0) {
        retype(RAM, OBJECT_SCHED, 0, sched);
        budget(sched, 10000, 10000);
        OK(SYS_SCHED_BIND, sched, thread);
    }
    OK(SYS_THREAD_START, thread, 0x1000, 0x2000, 3);
    return object;
}

void pass(ticks us)
{
    const ticks end = fake.now + us;

    while (fake.timer <= end) {
        fake.now = fake.timer > fake.now ? fake.timer : fake.now;
        kernel_timer(&cpu()->arch);
    }
    fake.now = end;
    check_invariants();
}

/* ---- invariants ------------------------------------------------------------------------------ */

/* From a first capability through all that descends from it. */
static void check_tree(const struct cap *first)
{
    const struct cap *ancestor[DERIVATION_DEPTH + 1] = { NULL };

    for (const struct cap *cap = first; cap != NULL; cap = cap->next) {
        assert_false(cap_is_empty(cap));
        assert_in_range(cap->depth, 1, DERIVATION_DEPTH);
        assert_true(cap_is_sound_below(cap, ancestor[cap->depth - 1]));
        ancestor[cap->depth] = cap;
    }
}

static void check_untyped(const struct cap *cap)
{
    const struct cap_untyped *u = &cap->untyped;

    assert_true(u->watermark <= u->cleared && u->cleared <= 1u << u->shift);
    assert_true(cap_has_descendants(cap) || u->watermark == 0);
}

static bool is_in(const struct thread_queue *queue, const struct thread *wanted)
{
    const struct thread *t = queue->first;

    while (t != NULL && t != wanted) {
        t = t->next;
    }
    return t != NULL;
}

static void check_thread(const struct thread *t)
{
    assert_true(t->waits_for == NULL || (t->waits_for->caller == t && t->state == THREAD_REPLY));
    assert_true((t->state == THREAD_REPLY) == (t->waits_for != NULL));
    assert_true(t->receive_reply == NULL || t->receive_reply->receiver == t);
    assert_true(t->state != THREAD_RECEIVING || t->receive_reply != NULL);
    assert_true(t->state != THREAD_SENDING || is_in(&t->endpoint->callers, t));
    assert_true(t->state != THREAD_RECEIVING || is_in(&t->endpoint->receivers, t));
    assert_true((t->state == THREAD_WAITING) == (t->waits_on != NULL));
    assert_true(t->waits_on == NULL || t->waits_on->waiter == t);
    assert_true(t->sched == NULL || t->sched->holder == t);
    assert_true(t->sched == NULL || t->waits_for == NULL || t->waits_for->sched == NULL);
    assert_true(t->home == NULL || t->home->owner == t);
    assert_true(t->vcpu == NULL || t->vcpu->runner == t);
    assert_true(t->state != THREAD_GUEST_IDLE || t->vcpu != NULL);
    assert_true(t->notification == NULL || t->notification->bound == t);
    assert_true(!t->is_queued || (t->state == THREAD_READY && t->hold == 0 && t->sched != NULL));
    assert_true(!t->is_queued || t != current());
    assert_true(!t->is_queued || is_in(&cpu()->queue[t->priority], t));
}

/* S3, R3, R4, from the context's side. */
static void check_sched(const struct sched *s)
{
    const struct reply *above = NULL;

    assert_true(s->holder == NULL || s->holder->sched == s);
    assert_true(s->owner == NULL || s->owner->home == s);
    assert_true(s->budget != 0 || (s->holder == NULL && s->owner == NULL && s->lends == NULL));
    for (const struct reply *r = s->lends; r != NULL; r = r->below) {
        assert_true(r->sched == s && r->above == above);
        assert_true(r->caller != NULL && r->caller->sched == NULL);
        above = r;
    }
}

/* R1 to R3, from the reply object's side. A context that is dying may still be named here. */
static void check_reply(const struct reply *r)
{
    assert_true(r->caller == NULL ||
                (r->caller->waits_for == r && r->caller->state == THREAD_REPLY));
    assert_true(r->receiver == NULL || r->receiver->receive_reply == r);
    assert_true(r->sched != NULL || (r->above == NULL && r->below == NULL));
    if (r->sched != NULL) {
        assert_true(r->caller != NULL && r->caller->sched == NULL);
        assert_true(r->above != NULL ? r->above->below == r : r->sched->lends == r);
        assert_true(r->below == NULL || r->below->above == r);
        assert_true(r->sched->budget != 0 || r->sched->holder == NULL);
    }
}

static void check_queue(const struct thread_queue *queue, const struct endpoint *e, unsigned state)
{
    const struct thread *before = NULL;

    for (const struct thread *t = queue->first; t != NULL; t = t->next) {
        assert_true(t->state == state && t->endpoint == e && t->prev == before);
        before = t;
    }
    assert_ptr_equal(queue->last, before);
}

static void check_object(const struct cap *cap)
{
    if (cap->type == OBJECT_THREAD) {
        check_thread(cap->thread);
    } else if (cap->type == OBJECT_SCHED) {
        check_sched(cap->sched);
    } else if (cap->type == OBJECT_REPLY) {
        check_reply(cap->reply);
    } else if (cap->type == OBJECT_ENDPOINT) {
        check_queue(&cap->endpoint->callers, cap->endpoint, THREAD_SENDING);
        check_queue(&cap->endpoint->receivers, cap->endpoint, THREAD_RECEIVING);
        assert_true(cap->endpoint->callers.first == NULL || cap->endpoint->receivers.first == NULL);
    } else if (cap->type == OBJECT_NOTIFICATION) {
        const struct notification *n = cap->notification;

        assert_true(n->waiter == NULL || n->waiter->waits_on == n);
        assert_true(n->bound == NULL || n->bound->notification == n);
    } else if (cap->type == OBJECT_VCPU) {
        assert_true(cap->vcpu->runner == NULL || cap->vcpu->runner->vcpu == cap->vcpu);
    }
}

static void check_cap(const struct cap *cap)
{
    if (cap_is_empty(cap)) {
        return;
    }
    assert_true(cap->prev == NULL ? cap->depth == 1 : cap->prev->next == cap);
    if (cap->prev == NULL) {
        check_tree(cap);
    }
    if (cap->type == OBJECT_UNTYPED) {
        check_untyped(cap);
    } else {
        check_object(cap);
    }
}

static void check_ready(void)
{
    assert_null(cpu()->next);
    for (unsigned p = 0; p < PRIORITIES; p++) {
        const struct thread *before = NULL;

        assert_true((cpu()->ready >> p & 1) == (cpu()->queue[p].first != NULL));
        for (const struct thread *t = cpu()->queue[p].first; t != NULL; t = t->next) {
            assert_true(t->is_queued && t->priority == p && t->prev == before);
            before = t;
        }
        assert_ptr_equal(cpu()->queue[p].last, before);
    }
}

static void check_timeline(void)
{
    struct timeline_entry *const *link = &cpu()->timeline;

    for (const struct timeline_entry *entry = *link; entry != NULL; entry = entry->next) {
        assert_ptr_equal(entry->link, link);
        assert_true(entry->next == NULL || entry->deadline <= entry->next->deadline);
        link = &entry->next;
    }
}

void check_invariants(void)
{
    const struct thread *thread = current();

    for (unsigned i = 0; i < SLOTS_USED; i++) {
        check_cap(slot(i));
        if (slot(i)->type == OBJECT_CNODE && slot(i)->cnode != root_cnode) {
            for (unsigned k = 0; k < slot(i)->cnode->count; k++) {
                check_cap(&slot(i)->cnode->slots[k]);
            }
        }
    }
    check_ready();
    check_timeline();
    assert_ptr_equal(cpu()->arch.context, thread);
    if (thread != NULL) {
        assert_true(thread->state == THREAD_READY && thread->hold == 0 && thread->sched != NULL);
        assert_true((cpu()->arch.guest != NULL) == (thread->vcpu != NULL));
        assert_true(cpu()->ready >> thread->priority <= 1);
        assert_ptr_equal(cpu()->charged, thread->sched);
        assert_true(cpu()->arch.guest != NULL || fake.active_space == thread->space_register);
    }
}
