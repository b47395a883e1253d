/* SPDX-License-Identifier: BSD-2-Clause */
/*
 *  V1  vcpu->runner == t  <=>  t->vcpu == vcpu: t is in vcpu_run. Then t is READY (in the
 *      guest, or preempted there) or GUEST_IDLE.
 *  V2  cpu->vcpu == &v->arch  <=>  the current thread is v's runner and the guest's turn it is.
 */
#include "kernel/objects.h"

void vcpu_unload(struct cpu *cpu)
{
    struct arch_vcpu *guest = cpu->vcpu;

    if (guest != NULL) {
        cpu->vcpu = NULL;
        arch_vcpu_leave(guest);
    }
}

bool vcpu_resume(struct cpu *cpu, struct thread *thread)
{
    if (!arch_vcpu_enter(&thread->vcpu->arch)) {
        vcpu_finish(thread, STATUS_OK, VCPU_EXIT_INVALID, 0);
        return false;
    }
    cpu->vcpu = &thread->vcpu->arch;
    return true;
}

void vcpu_finish(struct thread *runner, enum status status, enum vcpu_exit reason, abi_word bits)
{
    struct cpu *cpu = cpu_this();
    struct vcpu *vcpu = runner->vcpu;

    vcpu->runner = NULL;
    runner->vcpu = NULL;
    thread_result(runner, 0, (abi_word)status);
    thread_result(runner, 1, (abi_word)reason);
    thread_result(runner, 2, bits);
    if (cpu->vcpu == &vcpu->arch) {
        arch_space_activate(runner->space_register); /* noted; in force when the guest is left */
        vcpu_unload(cpu);
    } else if (runner->state == THREAD_GUEST_IDLE) {
        runner->state = THREAD_READY;
        run_ready(runner);
    }
}

/* ---- from the trap path ---------------------------------------------------------------------- */

/* Not inlined: one place that finishes a run for all exits keeps those small that call it. */
__attribute__((noinline)) void kernel_vcpu_exit(enum vcpu_exit reason)
{
    vcpu_finish(cpu_this()->current, STATUS_OK, reason, 0);
}

/* With nothing to wait for, the guest goes on behind its WFI. */
void kernel_vcpu_wait(void)
{
    struct cpu *cpu = cpu_this();
    struct thread *runner = cpu->current;
    const struct arch_vcpu *guest = cpu->vcpu;
    ticks deadline;

    vcpu_unload(cpu);
    if (!arch_vcpu_interrupt_pending(guest)) {
        runner->state = THREAD_GUEST_IDLE;
        if (arch_vcpu_timer_deadline(guest, &deadline)) {
            timeline_arm(cpu, &runner->sched->entry, deadline);
        }
        run_next(cpu);
    } else if (!vcpu_resume(cpu, runner)) {
        arch_space_activate(runner->space_register);
    }
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
    if (notification != NULL && notification->bits != 0) {
        call_result(call, 1, VCPU_EXIT_NOTIFIED);
        call_result(call, 2, notification_take(notification));
    } else {
        call_result(call, 1, VCPU_EXIT_INVALID);
    }
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
