/* SPDX-License-Identifier: BSD-2-Clause */
/* Checks root's script as a whole before its first system call is made. */
#include "script.h"

#include <stddef.h>

#include "runtime/arch_syscall.h"
#include "runtime/memory.h"

enum { ARGUMENTS = 7 };
_Static_assert((int)SYSCALL_REGISTERS == (int)ARGUMENTS, "a step holds a call's registers");

/* ---- opening: nothing of the script is believed ---------------------------------------------- */

/* What creates, configures, starts or deletes. A script neither speaks nor waits. */
static bool is_script_call(uint8_t call)
{
    static const uint8_t calls[] = {
        SYS_POLL,
        SYS_CAP_COPY,
        SYS_CAP_MOVE,
        SYS_CAP_DELETE,
        SYS_CAP_REVOKE,
        SYS_UNTYPED_RETYPE,
        SYS_SPACE_MAP_TABLE,
        SYS_SPACE_MAP,
        SYS_THREAD_CONFIGURE,
        SYS_THREAD_START,
        SYS_THREAD_BIND,
        SYS_SCHED_CONFIGURE,
        SYS_SCHED_BIND,
        SYS_TIMER_BIND,
        SYS_IRQ_GET,
        SYS_IRQ_BIND,
        SYS_IRQ_ACK,
        SYS_VCPU_CONFIGURE,
        SCRIPT_CREATE,
        SCRIPT_COPY_EPOCH,
        SCRIPT_FILL,
    };

    for (unsigned i = 0; i < sizeof calls; i++) {
        if (calls[i] == call) {
            return true;
        }
    }
    return false;
}

static bool step_valid(const struct script_step *step, uint32_t bundle_bytes)
{
    if (!is_script_call(step->call) || step->size_shift >= 32) {
        return false;
    }
    return step->call != SCRIPT_FILL ||
           (step->count == 1 && step->argument[1] <= SCRIPT_WINDOW_BYTES &&
            step->argument[0] <= bundle_bytes &&
            step->argument[1] <= bundle_bytes - step->argument[0]);
}

static bool header_valid(const struct script_header *h, uint32_t bytes)
{
    return bytes >= sizeof *h && h->magic == SCRIPT_MAGIC && h->version == SCRIPT_VERSION &&
           h->total_bytes == bytes && h->region_count <= BOOT_UNTYPED_MAX &&
           h->component_count <= SCRIPT_COMPONENTS_MAX && h->step_count <= SCRIPT_STEPS_MAX &&
           sizeof *h + h->region_count * sizeof(struct boot_untyped) +
                   h->component_count * sizeof(struct script_component) +
                   h->step_count * sizeof(struct script_step) ==
               bytes;
}

static bool contents_valid(const struct script *s)
{
    const struct script_header *h = s->header;

    for (unsigned i = 0; i < SCRIPT_SECTIONS; i++) {
        if (h->sections[i].first > h->step_count ||
            h->sections[i].count > h->step_count - h->sections[i].first) {
            return false;
        }
    }
    for (uint32_t i = 0; i < h->component_count; i++) {
        if (s->components[i].name[sizeof s->components[i].name - 1] != '\0') {
            return false;
        }
    }
    for (uint32_t i = 0; i < h->step_count; i++) {
        if (!step_valid(&s->steps[i], s->bundle->total_bytes)) {
            return false;
        }
    }
    return h->sections[SCRIPT_OPEN].count <= SCRIPT_OPEN_MAX;
}

bool script_open(const struct bundle_header *bundle, const struct boot_info *boot,
                 struct script *script_out)
{
    const struct script_header *header;
    struct script *s = script_out;

    if (boot->magic != BOOT_INFO_MAGIC || bundle->manifest_offset % SCRIPT_ALIGN != 0 ||
        bundle->manifest_offset > bundle->total_bytes ||
        bundle->manifest_bytes > bundle->total_bytes - bundle->manifest_offset) {
        return false;
    }
    header = (const void *)((const uint8_t *)bundle + bundle->manifest_offset);
    if (!header_valid(header, bundle->manifest_bytes)) {
        return false;
    }
    *s = (struct script){ .header = header, .bundle = bundle, .regions = (const void *)&header[1] };
    s->components = (const void *)&s->regions[header->region_count];
    s->steps = (const void *)&s->components[header->component_count];
    /* The steps name regions by their place in the kernel's list. */
    return contents_valid(s) && boot->untyped_count == header->region_count &&
           memcmp(boot->untyped, s->regions, header->region_count * sizeof s->regions[0]) == 0;
}

/* ---- carrying out ---------------------------------------------------------------------------- */

static enum status fill(const struct script *s, uint32_t offset, uint32_t bytes)
{
    memcpy((void *)(uintptr_t)SCRIPT_WINDOW_VA, (const uint8_t *)s->bundle + offset, bytes);
    return STATUS_OK;
}

static enum status perform(const struct script *s, const struct script_step *step, uint32_t n)
{
    struct syscall_registers r;
    unsigned call = step->call;

    for (unsigned i = 0; i < ARGUMENTS; i++) {
        r.value[i] = step->argument[i] + (step->ones >> i & 1u) * (abi_word)n +
                     ((step->sizes >> i & 1u) * (abi_word)n << step->size_shift);
    }
    if (call == SCRIPT_FILL) {
        return fill(s, step->argument[0], step->argument[1]);
    }
    if (call == SCRIPT_CREATE) {
        call = SYS_UNTYPED_RETYPE;
        r.value[3] = RETYPE_NEXT;
    } else if (call == SCRIPT_COPY_EPOCH) {
        call = SYS_CAP_COPY;
        r.value[5] |= (abi_word)s->epoch << SCRIPT_EPOCH_SHIFT;
    }
    arch_syscall_all(call, &r);
    return (enum status)r.value[0];
}

/* Polling and acknowledging tidy up: there may be nothing to tidy. */
static bool is_tidying(uint8_t call)
{
    return call == SYS_POLL || call == SYS_IRQ_ACK;
}

enum status script_run(const struct script *s, enum script_section section, uint32_t *failed_out)
{
    struct script_step opening[SCRIPT_OPEN_MAX];
    uint32_t first = s->header->sections[section].first;
    uint32_t count = s->header->sections[section].count;
    const struct script_step *steps = &s->steps[first];

    if (section == SCRIPT_OPEN) { /* the bundle cannot be read while it is taken apart */
        steps = memcpy(opening, steps, count * sizeof opening[0]);
    }
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t n = 0; n < steps[i].count; n++) {
            enum status status = perform(s, &steps[i], n);

            if (status != STATUS_OK && !is_tidying(steps[i].call)) {
                *failed_out = first + i;
                return status;
            }
        }
    }
    return STATUS_OK;
}
