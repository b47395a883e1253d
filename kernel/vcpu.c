/* SPDX-License-Identifier: BSD-2-Clause */
/*
 *  V1  vcpu->runner == t  <=>  t->vcpu == vcpu: t is in vcpu_run. Then t is READY (in the
 *      guest, or preempted there) or GUEST_IDLE.
 *  V2  arch.guest == &v->arch  <=>  the current thread is v's runner, and its guest (not the VMM)
 *      is running.
 */
#include "kernel/objects.h"

/* The runner's registers say how its call has ended. */
static inline void end_run(struct thread *runner, enum status status, enum vcpu_exit reason,
                           abi_word bits)
{
    runner->vcpu->runner = NULL;
    runner->vcpu = NULL;
    thread_result(runner, 0, (abi_word)status);
    thread_result(runner, 1, (abi_word)reason);
    thread_result(runner, 2, bits);
}

void vcpu_finish(struct thread *runner, enum status status, enum vcpu_exit reason, abi_word bits)
{
    struct cpu *cpu = cpu_this();
    const bool is_guests_turn = cpu->arch.guest == &runner->vcpu->arch;

    end_run(runner, status, reason, bits);
    if (is_guests_turn) {
        arch_vcpu_leave(&cpu->arch, runner->space_register);
    } else if (runner->state == THREAD_GUEST_IDLE) {
        runner->state = THREAD_READY;
        run_ready(runner);
    }
}

/* ---- from the trap path ---------------------------------------------------------------------- */

void kernel_vcpu_exit(struct arch_cpu *arch, enum vcpu_exit reason)
{
    struct thread *runner = cpu_of(arch)->current;

    end_run(runner, STATUS_OK, reason, 0);
    if (arch->guest != NULL) { /* NULL: it could not be entered */
        arch_vcpu_leave(arch, runner->space_register);
    }
}

/* With nothing to wait for, the guest goes on behind its WFI. */
void kernel_vcpu_wait(struct arch_cpu *arch)
{
    struct cpu *cpu = cpu_of(arch);
    struct thread *runner = cpu->current;
    struct arch_vcpu *guest = arch->guest;
    ticks deadline;

    arch_vcpu_leave(arch, runner->space_register);
    if (arch_vcpu_interrupt_pending(guest)) {
        arch_vcpu_enter(arch, guest);
        return;
    }
    runner->state = THREAD_GUEST_IDLE;
    if (arch_vcpu_timer_deadline(guest, &deadline)) {
        timeline_arm(cpu, &runner->sched->entry, deadline);
    }
    run_next(cpu);
}

/* ---- the object ------------------------------------------------------------------------------ */

void vcpu_binding_removed(struct vcpu *vcpu)
{
    if (vcpu->runner != NULL) {
        vcpu_finish(vcpu->runner, STATUS_REVOKED, VCPU_EXIT_INVALID, 0);
    }
}

void vcpu_destroy(const struct cap *cap)
{
    vcpu_binding_removed(cap->vcpu);
    arch_vcpu_destroy(&cap->vcpu->arch);
}

bool vcpu_reap(struct dying *dying)
{
    struct vcpu *vcpu = CONTAINER_OF(dying, struct vcpu, dying);

    cap_unbind(&vcpu->space_binding);
    cap_unbind(&vcpu->page_binding);
    return true;
}

/* ---- system calls ---------------------------------------------------------------------------- */

/* fastpath_vcpu_run() has been tried: here is what kept it from entering the guest. */
enum status sys_vcpu_run(const struct call *call)
{
    struct notification *notification = call->caller->notification;
    const enum status status = vcpu_run_check(call->cap[0]->vcpu);

    if (status != STATUS_OK) {
        return status;
    }
    KERNEL_ASSERT(notification != NULL && notification->bits != 0);
    call_result(call, 1, VCPU_EXIT_NOTIFIED);
    call_result(call, 2, notification_take(notification));
    return STATUS_OK;
}

static enum status configure_check(const struct vcpu *vcpu, const struct cap *space,
                                   const struct cap *page)
{
    if (space->space->kind != SPACE_GUEST || frame_shift(page) != CAP_PAGE_SHIFT) {
        return STATUS_BAD_ARGUMENT;
    }
    return vcpu->runner != NULL ? STATUS_BUSY : frame_share_check(page);
}

enum status sys_vcpu_configure(const struct call *call)
{
    struct vcpu *vcpu = call->cap[0]->vcpu;
    struct cap *space = call->cap[1];
    struct cap *page = call->cap[2];
    const enum status status = configure_check(vcpu, space, page);

    if (status == STATUS_OK) {
        cap_bind(&vcpu->space_binding, space, BINDING_VCPU_SPACE);
        cap_bind(&vcpu->page_binding, page, BINDING_VCPU_PAGE);
        arch_vcpu_init(&vcpu->arch, arch_memory(frame_physical(page)),
                       space_register(space->space));
    }
    return status;
}

enum status sys_vcpu_reset(const struct call *call)
{
    const enum status status = vcpu_run_check(call->cap[0]->vcpu);

    if (status == STATUS_OK) {
        arch_vcpu_reset(&call->cap[0]->vcpu->arch);
    }
    return status;
}
