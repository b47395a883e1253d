/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The live capability graph on the console, for images/manifest/live_graph.py: what each component
 * really holds as its threads start, and what root still holds when it has given up the rest. One
 * line a capability:
 *     graph: <component> <slot> <type> <rights> <badge or size> <object>      all hexadecimal
 * The linker (--wrap) has root call this instead of script_run.
 */
#include "root.h"
#include "runtime/arch_syscall.h"

enum status __real_script_run(const struct script *script, enum script_section section,
                              uint32_t *failed_out);
enum status __wrap_script_run(const struct script *script, enum script_section section,
                              uint32_t *failed_out);

static void number(uint64_t value)
{
    report_text(" ");
    report_number(value);
}

static void dump_cnode(const char *name, cap_index cnode, cap_index slots)
{
    for (cap_index slot = 1; slot < slots; slot++) {
        struct syscall_registers r = { .value = { cnode, slot } };

        arch_syscall_all(SYS_CAP_INFO, &r);
        if (r.value[0] != STATUS_OK) {
            continue;
        }
        report_text("graph: ");
        report_text(name);
        number(slot);
        number(r.value[1] & 0xff);      /* type */
        number(r.value[1] >> 8 & 0xff); /* rights */
        number(r.value[2]);             /* badge or size */
        number(r.value[3]);             /* object */
        report_text("\n");
    }
    report_text("graph: ");
    report_text(name);
    report_text(" end\n");
}

static void dump_components(const struct script *script, bool restartable)
{
    for (uint32_t i = 1; i < script->header->component_count; i++) {
        const struct script_component *c = &script->components[i];

        if ((c->is_restartable != 0) == restartable) {
            dump_cnode(c->name, c->cnode, c->slots);
        }
    }
}

static void dump_root(const struct script *script)
{
    dump_cnode(script->components[0].name, ROOT_SLOT_CNODE, (cap_index)1 << ROOT_CNODE_BITS);
}

/* The trusted side's CNodes can be read until they are sealed. */
enum status __wrap_script_run(const struct script *script, enum script_section section,
                              uint32_t *failed_out)
{
    enum status status;

    if (section == SCRIPT_SEAL) {
        dump_components(script, false);
    }
    status = __real_script_run(script, section, failed_out);
    if (section == SCRIPT_SEAL) {
        dump_root(script);
    }
    if (section == SCRIPT_BUILD) {
        dump_components(script, true);
    }
    return status;
}
