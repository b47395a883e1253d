/* SPDX-License-Identifier: BSD-2-Clause */
/* Untyped memory, address spaces, tables and frames. */
#include "ktest.h"

enum { OWN = ROOT_SLOT_CNODE, HIGH_VA = 0x30000000, FAR_VA = 0x70000000 };

static void retype_errors(void)
{
    cap_index to = new_slot();
    EXPECT(BAD_CAP, SYS_UNTYPED_RETYPE, f.empty, OBJECT_ENDPOINT, 0, RETYPE_NEXT, OWN, to);
    EXPECT(BAD_CAP, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_ENDPOINT, 0, RETYPE_NEXT, f.empty, to);
    EXPECT(BAD_TYPE, SYS_UNTYPED_RETYPE, f.endpoint, OBJECT_ENDPOINT, 0, RETYPE_NEXT, OWN, to);
    EXPECT(BAD_TYPE, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_ENDPOINT, 0, RETYPE_NEXT, f.endpoint,
           to);
    EXPECT(BAD_RIGHTS, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_ENDPOINT, 0, RETYPE_NEXT, f.weak_cnode,
           1);
    EXPECT(BAD_ARGUMENT, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_NONE, 0, RETYPE_NEXT, OWN, to);
    EXPECT(BAD_ARGUMENT, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_IRQ, 0, RETYPE_NEXT, OWN, to);
    EXPECT(BAD_ARGUMENT, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_TYPES, 0, RETYPE_NEXT, OWN, to);
    EXPECT(BAD_ARGUMENT, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_FRAME, 13, RETYPE_NEXT, OWN, to);
    EXPECT(BAD_ARGUMENT, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_CNODE, 3, RETYPE_NEXT, OWN, to);
    EXPECT(BAD_ARGUMENT, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_CNODE, 13, RETYPE_NEXT, OWN, to);
    EXPECT(BAD_ARGUMENT, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_SPACE, 2, RETYPE_NEXT, OWN, to);
    EXPECT(BAD_ARGUMENT, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_ENDPOINT, 1, RETYPE_NEXT, OWN, to);
    EXPECT(BAD_ARGUMENT, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_FRAME, 12, 100, OWN, to);
    EXPECT(BAD_CAP, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_ENDPOINT, 0, RETYPE_NEXT, f.cnode, 32);
    EXPECT(SLOT_IN_USE, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_ENDPOINT, 0, RETYPE_NEXT, OWN,
           f.endpoint);
    EXPECT(NO_MEMORY, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_FRAME, 21, RETYPE_NEXT, OWN, to);
}

/* Every object, asked for until its untyped is full, is refused by name and leaves the rest alone.
 */
static void no_memory_at_every_object(void)
{
    static const struct {
        enum object_type type;
        abi_word parameter;
    } kinds[] = {
        { OBJECT_UNTYPED, 12 },     { OBJECT_CNODE, 4 }, { OBJECT_ENDPOINT, 0 },
        { OBJECT_NOTIFICATION, 0 }, { OBJECT_REPLY, 0 }, { OBJECT_THREAD, 0 },
        { OBJECT_SCHED, 0 },        { OBJECT_SPACE, 0 }, { OBJECT_TABLE, 0 },
        { OBJECT_FRAME, 12 },       { OBJECT_VCPU, 0 },  { OBJECT_TIMER, 0 },
    };
    for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        cap_index small = make(OBJECT_UNTYPED, 13);
        cap_index cnode = make(OBJECT_CNODE, 10);
        enum status s = STATUS_OK;
        for (unsigned slot = 1; slot < 1024 && s == STATUS_OK; slot++) {
            s = kstatus(SYS_UNTYPED_RETYPE, small, kinds[i].type, kinds[i].parameter, RETYPE_NEXT,
                        cnode, slot, 0);
        }
        check("an untyped runs out with NO_MEMORY", s == STATUS_NO_MEMORY);
        EXPECT(OK, SYS_CAP_REVOKE, OWN, small);
        EXPECT(OK, SYS_UNTYPED_RETYPE, small, kinds[i].type, kinds[i].parameter, RETYPE_NEXT, cnode,
               1);
    }
}

static void memory_comes_back_zeroed(void)
{
    cap_index frame;
    volatile uint32_t *page = map_new_page(&frame);
    CHECK(page != NULL && page[5] == 0);
    page[5] = 0xdeadbeef;
    cap_index small = make(OBJECT_UNTYPED, 12);
    cap_index first = new_slot();
    EXPECT(OK, SYS_UNTYPED_RETYPE, small, OBJECT_FRAME, 12, 0, OWN, first);
    EXPECT(OK, SYS_SPACE_UNMAP, frame);
    abi_word va = (abi_word)page;
    EXPECT(OK, SYS_SPACE_MAP, ROOT_SLOT_SPACE, first, va, MAP_READ | MAP_WRITE);
    page[7] = 0x12345678;
    EXPECT(OK, SYS_CAP_REVOKE, OWN, small);
    EXPECT(OK, SYS_UNTYPED_RETYPE, small, OBJECT_FRAME, 12, 0, OWN, first);
    EXPECT(OK, SYS_SPACE_MAP, ROOT_SLOT_SPACE, first, va, MAP_READ | MAP_WRITE);
    CHECK(page[7] == 0);
}

void test_untyped(void)
{
    retype_errors();
    no_memory_at_every_object();
    memory_comes_back_zeroed();
}

/* ---- spaces ---------------------------------------------------------------------------------- */

static void map_table_errors(void)
{
    cap_index spare = make(OBJECT_TABLE, 0);
    EXPECT(BAD_CAP, SYS_SPACE_MAP_TABLE, f.empty, f.table, HIGH_VA, 2);
    EXPECT(BAD_CAP, SYS_SPACE_MAP_TABLE, f.space, f.empty, HIGH_VA, 2);
    EXPECT(BAD_TYPE, SYS_SPACE_MAP_TABLE, f.frame, f.table, HIGH_VA, 2);
    EXPECT(BAD_TYPE, SYS_SPACE_MAP_TABLE, f.space, f.frame, HIGH_VA, 2);
    EXPECT(BAD_RIGHTS, SYS_SPACE_MAP_TABLE, f.weak_space, f.table, HIGH_VA, 2);
    EXPECT(BAD_ARGUMENT, SYS_SPACE_MAP_TABLE, f.space, f.table, HIGH_VA, 1);
    EXPECT(BAD_ARGUMENT, SYS_SPACE_MAP_TABLE, f.space, f.table, HIGH_VA, 4);
    EXPECT(NO_TABLE, SYS_SPACE_MAP_TABLE, f.space, f.table, HIGH_VA, 3);
    EXPECT(OK, SYS_SPACE_MAP_TABLE, f.space, f.table, HIGH_VA, 2);
    EXPECT(MAPPED, SYS_SPACE_MAP_TABLE, f.space, spare, HIGH_VA, 2);
    EXPECT(MAPPED, SYS_SPACE_MAP_TABLE, f.space, f.table, FAR_VA, 2);
    EXPECT(OK, SYS_SPACE_MAP_TABLE, f.space, spare, HIGH_VA, 3);
}

static void map_errors(void)
{
    const abi_word rw = MAP_READ | MAP_WRITE;
    cap_index reader = copy_of(f.frame, RIGHT_READ, 0);
    EXPECT(BAD_CAP, SYS_SPACE_MAP, f.empty, f.frame, HIGH_VA, rw);
    EXPECT(BAD_CAP, SYS_SPACE_MAP, f.space, f.empty, HIGH_VA, rw);
    EXPECT(BAD_TYPE, SYS_SPACE_MAP, f.frame, f.frame, HIGH_VA, rw);
    EXPECT(BAD_TYPE, SYS_SPACE_MAP, f.space, f.space, HIGH_VA, rw);
    EXPECT(BAD_RIGHTS, SYS_SPACE_MAP, f.weak_space, f.frame, HIGH_VA, rw);
    EXPECT(BAD_RIGHTS, SYS_SPACE_MAP, f.space, reader, HIGH_VA, rw);
    EXPECT(BAD_RIGHTS, SYS_SPACE_MAP, f.space, f.weak_frame, HIGH_VA, MAP_READ);
    EXPECT(BAD_ARGUMENT, SYS_SPACE_MAP, f.space, f.frame, HIGH_VA + 1, rw);
    EXPECT(BAD_ARGUMENT, SYS_SPACE_MAP, f.space, f.big_frame, HIGH_VA + 4096, rw);
    EXPECT(BAD_ARGUMENT, SYS_SPACE_MAP, f.space, f.frame, HIGH_VA, MAP_WRITE | MAP_EXEC | MAP_READ);
    EXPECT(BAD_ARGUMENT, SYS_SPACE_MAP, f.space, f.frame, HIGH_VA, 1 << 10);
    EXPECT(NO_TABLE, SYS_SPACE_MAP, f.space, f.frame, FAR_VA, rw);
    EXPECT(OK, SYS_SPACE_MAP, f.space, f.frame, HIGH_VA, rw);
    EXPECT(MAPPED, SYS_SPACE_MAP, f.space, f.frame, HIGH_VA + 4096, rw);
    cap_index second = make(OBJECT_FRAME, 12);
    EXPECT(MAPPED, SYS_SPACE_MAP, f.space, second, HIGH_VA, rw);
    EXPECT(BAD_CAP, SYS_SPACE_UNMAP, f.empty);
    EXPECT(BAD_TYPE, SYS_SPACE_UNMAP, f.space);
    EXPECT(OK, SYS_SPACE_UNMAP, f.frame);
    EXPECT(NOT_BOUND, SYS_SPACE_UNMAP, f.frame);
    EXPECT(OK, SYS_SPACE_MAP, f.space, second, HIGH_VA, rw);
}

static void guest_may_write_and_execute(void)
{
    cap_index level2 = make(OBJECT_TABLE, 0);
    EXPECT(OK, SYS_SPACE_MAP_TABLE, f.guest_space, level2, HIGH_VA, 2);
    EXPECT(OK, SYS_SPACE_MAP, f.guest_space, f.big_frame, HIGH_VA, MAP_READ | MAP_WRITE | MAP_EXEC);
}

static void physical_address(void)
{
    cap_index no_dma = copy_of(f.frame, RIGHT_READ | RIGHT_WRITE, 0);
    cap_index dma = copy_of(f.frame, RIGHTS_ALL, 0);
    EXPECT(BAD_CAP, SYS_FRAME_ADDRESS, f.empty);
    EXPECT(BAD_TYPE, SYS_FRAME_ADDRESS, f.table);
    EXPECT(BAD_RIGHTS, SYS_FRAME_ADDRESS, no_dma);
    struct call_regs r = kcall(SYS_FRAME_ADDRESS, dma, 0, 0, 0, 0, 0, 0);
    CHECK(r.r[0] == STATUS_OK && r.r[1] != 0 && r.r[3] == 12);
}

static void revoke_unmaps(void)
{
    cap_index frame, level3 = make(OBJECT_TABLE, 0);
    volatile uint32_t *page = map_new_page(&frame);
    CHECK(page != NULL);
    page[0] = 0x600d;
    EXPECT(OK, SYS_SPACE_MAP_TABLE, ROOT_SLOT_SPACE, level3, HIGH_VA, 3);
    cap_index alias = copy_of(frame, RIGHT_READ, 0);
    EXPECT(OK, SYS_SPACE_MAP, ROOT_SLOT_SPACE, alias, HIGH_VA, MAP_READ);
    CHECK(*(volatile uint32_t *)(uintptr_t)HIGH_VA == 0x600d);
    EXPECT(OK, SYS_CAP_REVOKE, OWN, frame);
    cap_index other = make(OBJECT_FRAME, 12);
    EXPECT(OK, SYS_SPACE_MAP, ROOT_SLOT_SPACE, other, HIGH_VA, MAP_READ);
    CHECK(*(volatile uint32_t *)(uintptr_t)HIGH_VA == 0);
}

void test_memory(void)
{
    map_table_errors();
    map_errors();
    guest_may_write_and_execute();
    physical_address();
    revoke_unmaps();
}
