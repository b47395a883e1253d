/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's interrupt distributor (ARM IHI 0048), and which interrupts are listed for the
 * hardware. */
#include "vgic.h"

#include <stddef.h>

/* IHI 0048B.b, table 4-1 "Distributor register map" */
enum vgic_offset {
    GICD_CTLR = 0x000,
    GICD_TYPER = 0x004,
    GICD_IIDR = 0x008,
    GICD_IGROUPR = 0x080,
    GICD_ISENABLER = 0x100,
    GICD_ICENABLER = 0x180,
    GICD_ISPENDR = 0x200,
    GICD_ICPENDR = 0x280,
    GICD_ISACTIVER = 0x300,
    GICD_ICACTIVER = 0x380,
    GICD_IPRIORITYR = 0x400,
    GICD_ITARGETSR = 0x800,
    GICD_ICFGR = 0xc00,
    GICD_SGIR = 0xf00,
    GICD_CPENDSGIR = 0xf10,
    GICD_SPENDSGIR = 0xf20,
    GICD_ID = 0xfd0,
};

enum {
    IIDR_GIC400 = 0x0200143b,
    PRIORITY_IMPLEMENTED = 0xf8, /* 32 levels, as GICH has */
    SGIR_FILTER_LIST = 0,
    SGIR_FILTER_SELF = 2,
};

static bool bit_get(const uint32_t *words, uint32_t irq)
{
    return ((words[irq / 32] >> (irq % 32)) & 1) != 0;
}

static void bit_set(uint32_t *words, uint32_t irq)
{
    words[irq / 32] |= UINT32_C(1) << (irq % 32);
}

static void bit_clear(uint32_t *words, uint32_t irq)
{
    words[irq / 32] &= ~(UINT32_C(1) << (irq % 32));
}

/* ---- between the distributor's state and the list registers ---------------------------------- */

/* Take everything back out of the list registers. */
static void fold(struct vgic *gic)
{
    for (uint32_t i = 0; i < gic->listed_count; i++) {
        const uint32_t irq = gic->listed[i];
        const uint32_t state = gic->page->interrupts[i].state;
        if ((state & VCPU_IRQ_ACTIVE) != 0) {
            bit_set(gic->active, irq);
        }
        if ((state & VCPU_IRQ_PENDING) != 0 && gic->listed_latch[i]) {
            bit_set(gic->latched, irq);
        }
    }
    gic->listed_count = 0;
    gic->page->interrupt_count = 0;
    gic->is_dirty = true;
}

static uint32_t pending_word(const struct vgic *gic, uint32_t word)
{
    return gic->latched[word] | (gic->line[word] & ~gic->edge[word]);
}

static uint32_t without_timer(uint32_t word, uint32_t value)
{
    return word == VGIC_TIMER_IRQ / 32 ? value & ~(UINT32_C(1) << VGIC_TIMER_IRQ % 32) : value;
}

/* Those that want a list register: active ones always, else their end would be lost. */
static uint32_t candidate_word(const struct vgic *gic, uint32_t word)
{
    const uint32_t forwarded =
        gic->is_forwarding ? pending_word(gic, word) & gic->enabled[word] : 0;
    return without_timer(word, forwarded | gic->active[word]);
}

struct choice {
    uint32_t count;
    uint32_t capacity;
    bool overflowed;
    uint8_t irq[VCPU_LIST_REGISTERS];
    uint16_t key[VCPU_LIST_REGISTERS]; /* small is urgent */
};

/* Insertion into a list of the most urgent: at most 16 long, so this is bounded. */
static void choose(struct choice *choice, uint32_t irq, uint32_t key)
{
    uint32_t at = choice->count;
    if (at == choice->capacity) {
        choice->overflowed = true;
        if (at == 0 || key >= choice->key[at - 1]) {
            return;
        }
        at--;
    } else {
        choice->count++;
    }
    for (; at > 0 && choice->key[at - 1] > key; at--) {
        choice->irq[at] = choice->irq[at - 1];
        choice->key[at] = choice->key[at - 1];
    }
    choice->irq[at] = (uint8_t)irq;
    choice->key[at] = (uint16_t)key;
}

static void choose_all(const struct vgic *gic, struct choice *choice)
{
    for (uint32_t word = 0; word < VGIC_WORDS; word++) {
        uint32_t candidates = candidate_word(gic, word);
        while (candidates != 0) {
            const uint32_t irq = word * 32 + (uint32_t)__builtin_ctz(candidates);
            candidates &= candidates - 1;
            choose(choice, irq, bit_get(gic->active, irq) ? 0 : gic->priority[irq] + 1u);
        }
    }
}

static bool is_deliverable(const struct vgic *gic, uint32_t irq)
{
    const uint32_t pending = pending_word(gic, irq / 32) & gic->enabled[irq / 32];
    return gic->is_forwarding && bit_get(&pending, irq % 32);
}

/* Returns whether it now waits to be acknowledged. */
static bool list(struct vgic *gic, uint32_t slot, uint32_t irq)
{
    const bool is_pending = is_deliverable(gic, irq);
    const bool is_active = bit_get(gic->active, irq);
    gic->listed[slot] = (uint8_t)irq;
    gic->listed_latch[slot] = is_pending && bit_get(gic->latched, irq);
    gic->page->interrupts[slot] = (struct vcpu_irq){
        .number = (uint16_t)irq,
        .priority = gic->priority[irq],
        .state = (uint8_t)((is_pending ? VCPU_IRQ_PENDING : 0) | (is_active ? VCPU_IRQ_ACTIVE : 0)),
    };
    if (is_pending) {
        bit_clear(gic->latched, irq);
    }
    bit_clear(gic->active, irq);
    return is_pending && !is_active;
}

static bool is_level_high(const struct vgic *gic, uint32_t irq)
{
    return bit_get(gic->line, irq) && !bit_get(gic->edge, irq);
}

/* G3: the guest has acknowledged a level that is still high. */
static bool is_level_lost(const struct vgic *gic)
{
    for (uint32_t i = 0; i < gic->listed_count; i++) {
        if ((gic->page->interrupts[i].state & VCPU_IRQ_PENDING) == 0 &&
            is_level_high(gic, gic->listed[i])) {
            return true;
        }
    }
    return false;
}

static void fill(struct vgic *gic, const struct choice *choice)
{
    bool any_pending = false;
    bool any_level = false;
    gic->is_watching = false;
    for (uint32_t i = 0; i < choice->count; i++) {
        const bool is_level = is_level_high(gic, choice->irq[i]);
        const bool is_pending = list(gic, i, choice->irq[i]);
        any_pending |= is_pending;
        any_level |= is_pending && is_level;
        gic->is_watching |= is_level;
    }
    gic->listed_count = choice->count;
    gic->page->interrupt_count = choice->count;
    gic->page->exit_when_drained = any_pending && (any_level || choice->overflowed);
}

/* G5: only its latch is here, until it may be forwarded; one that is disabled waits no longer. */
static void update_timer(struct vgic *gic)
{
    const bool is_enabled = gic->is_forwarding && bit_get(gic->enabled, VGIC_TIMER_IRQ);
    if (is_enabled && bit_get(gic->latched, VGIC_TIMER_IRQ)) {
        bit_clear(gic->latched, VGIC_TIMER_IRQ);
        gic->page->flags |= VCPU_TIMER_PEND;
    } else if (!is_enabled && gic->page->timer_enabled != 0) {
        gic->page->flags |= VCPU_TIMER_UNPEND;
    }
    gic->page->timer_enabled = is_enabled;
}

void vgic_update(struct vgic *gic)
{
    if (!gic->is_dirty && !is_level_lost(gic)) {
        return;
    }
    fold(gic);
    uint32_t capacity = gic->page->list_registers;
    if (capacity > VCPU_LIST_REGISTERS) {
        capacity = VCPU_LIST_REGISTERS;
    }
    struct choice choice = { .capacity = capacity };
    choose_all(gic, &choice);
    fill(gic, &choice);
    update_timer(gic);
    gic->page->timer_priority = gic->priority[VGIC_TIMER_IRQ];
    gic->is_dirty = false;
}

void vgic_drained(struct vgic *gic)
{
    gic->is_dirty = true;
}

void vgic_set_line_slowly(struct vgic *gic, uint32_t irq, bool is_high)
{
    if (is_high) {
        bit_set(gic->line, irq);
    } else {
        bit_clear(gic->line, irq);
    }
    if (is_high && bit_get(gic->edge, irq)) {
        bit_set(gic->latched, irq);
    }
    gic->is_dirty = true;
}

void vgic_init(struct vgic *gic, struct vcpu_page *page)
{
    *gic = (struct vgic){ .page = page, .is_dirty = true };
    gic->edge[0] = 0x0000ffff; /* SGIs; PPIs are levels */
}

/* ---- registers ------------------------------------------------------------------------------- */

static uint32_t ctlr_read(void *device, uint32_t offset, uint32_t width)
{
    (void)offset, (void)width;
    const struct vgic *gic = device;
    return gic->is_forwarding;
}

static void ctlr_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)offset, (void)width;
    struct vgic *gic = device;
    gic->is_forwarding = (value & 1) != 0;
    gic->is_dirty = true;
}

static uint32_t typer_read(void *device, uint32_t offset, uint32_t width)
{
    (void)device, (void)offset, (void)width;
    return VGIC_WORDS - 1; /* ITLinesNumber; CPUNumber 0, no security extensions */
}

static uint32_t iidr_read(void *device, uint32_t offset, uint32_t width)
{
    (void)device, (void)offset, (void)width;
    return IIDR_GIC400;
}

static uint32_t word_of(uint32_t offset, uint32_t first)
{
    return (offset - first) / 4;
}

static uint32_t enabler_read(void *device, uint32_t offset, uint32_t width)
{
    (void)width;
    const struct vgic *gic = device;
    return gic->enabled[(offset & 0x7f) / 4]; /* the same through ISENABLER and ICENABLER */
}

static void isenabler_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)width;
    struct vgic *gic = device;
    gic->enabled[word_of(offset, GICD_ISENABLER)] |= value;
    gic->is_dirty = true;
}

static void icenabler_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)width;
    struct vgic *gic = device;
    gic->enabled[word_of(offset, GICD_ICENABLER)] &= ~value;
    gic->is_dirty = true;
}

/* The timer's share of the first word: the kernel answers, or does, what is wished. */
static void wish_timer(struct vgic *gic, uint32_t word, uint32_t value, enum vcpu_flags wish)
{
    const uint32_t timer = word == VGIC_TIMER_IRQ / 32 ? UINT32_C(1) << VGIC_TIMER_IRQ % 32 : 0;
    if ((value & timer) != 0) {
        gic->page->flags |= (uint32_t)wish;
    }
}

static uint32_t pendr_read(void *device, uint32_t offset, uint32_t width)
{
    (void)width;
    struct vgic *gic = device;
    const uint32_t word = (offset & 0x7f) / 4;
    fold(gic);
    wish_timer(gic, word, ~UINT32_C(0), VCPU_TIMER_LOAD_PENDING);
    return pending_word(gic, word);
}

/* SGIs are set and cleared by GICD_SGIR, SPENDSGIR and CPENDSGIR only (4.3.7, 4.3.8). */
static uint32_t without_sgis(uint32_t word, uint32_t value)
{
    return word == 0 ? value & ~UINT32_C(0xffff) : value;
}

static void ispendr_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)width;
    struct vgic *gic = device;
    const uint32_t word = word_of(offset, GICD_ISPENDR);
    fold(gic);
    gic->latched[word] |= without_sgis(word, value);
}

static void icpendr_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)width;
    struct vgic *gic = device;
    const uint32_t word = word_of(offset, GICD_ICPENDR);
    fold(gic);
    gic->latched[word] &= ~without_sgis(word, value);
    wish_timer(gic, word, value, VCPU_TIMER_UNPEND);
}

static uint32_t activer_read(void *device, uint32_t offset, uint32_t width)
{
    (void)width;
    struct vgic *gic = device;
    const uint32_t word = (offset & 0x7f) / 4;
    fold(gic);
    wish_timer(gic, word, ~UINT32_C(0), VCPU_TIMER_LOAD_ACTIVE);
    return gic->active[word];
}

static void isactiver_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)width;
    struct vgic *gic = device;
    const uint32_t word = word_of(offset, GICD_ISACTIVER);
    fold(gic);
    gic->active[word] |= without_timer(word, value);
    wish_timer(gic, word, value, VCPU_TIMER_ACTIVATE);
}

static void icactiver_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)width;
    struct vgic *gic = device;
    const uint32_t word = word_of(offset, GICD_ICACTIVER);
    fold(gic);
    gic->active[word] &= ~value;
    wish_timer(gic, word, value, VCPU_TIMER_DEACTIVATE);
}

static uint32_t ipriorityr_read(void *device, uint32_t offset, uint32_t width)
{
    const struct vgic *gic = device;
    uint32_t value = 0;
    for (uint32_t i = 0; i < width; i++) {
        value |= (uint32_t)gic->priority[offset - GICD_IPRIORITYR + i] << (8 * i);
    }
    return value;
}

static void ipriorityr_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    struct vgic *gic = device;
    for (uint32_t i = 0; i < width; i++) {
        gic->priority[offset - GICD_IPRIORITYR + i] =
            (uint8_t)((value >> (8 * i)) & PRIORITY_IMPLEMENTED);
    }
    gic->is_dirty = true;
}

static uint32_t icfgr_read(void *device, uint32_t offset, uint32_t width)
{
    (void)width;
    const struct vgic *gic = device;
    const uint32_t first = (offset - GICD_ICFGR) * 4;
    uint32_t value = 0;
    for (uint32_t i = 0; i < 16; i++) {
        value |= bit_get(gic->edge, first + i) ? UINT32_C(2) << (2 * i) : 0;
    }
    return value;
}

/* SGIs and PPIs are fixed (4.3.13). */
static void icfgr_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)width;
    struct vgic *gic = device;
    const uint32_t first = (offset - GICD_ICFGR) * 4;
    if (first < VGIC_SPI_FIRST) {
        return;
    }
    fold(gic);
    const uint32_t shift = first % 32;
    uint32_t edges = 0;
    for (uint32_t i = 0; i < 16; i++) {
        edges |= ((value >> (2 * i + 1)) & 1) << i;
    }
    gic->edge[first / 32] &= ~(UINT32_C(0xffff) << shift);
    gic->edge[first / 32] |= edges << shift;
}

/* Only CPU 0 exists, and it is always the sender: "all but the requester" is nobody. */
static void sgir_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    (void)offset, (void)width;
    struct vgic *gic = device;
    const uint32_t filter = (value >> 24) & 3;
    const bool lists_cpu_0 = ((value >> 16) & 1) != 0;
    if (filter == SGIR_FILTER_SELF || (filter == SGIR_FILTER_LIST && lists_cpu_0)) {
        gic->latched[0] |= UINT32_C(1) << (value & 0xf);
        gic->is_dirty = true;
    }
}

/* One byte an SGI, one bit a sender: only sender 0 exists. */
static uint32_t pendsgir_read(void *device, uint32_t offset, uint32_t width)
{
    struct vgic *gic = device;
    fold(gic);
    uint32_t value = 0;
    for (uint32_t i = 0; i < width; i++) {
        value |= (uint32_t)bit_get(gic->latched, (offset & 0xf) + i) << (8 * i);
    }
    return value;
}

static void cpendsgir_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    struct vgic *gic = device;
    fold(gic);
    for (uint32_t i = 0; i < width; i++) {
        if (((value >> (8 * i)) & 1) != 0) {
            bit_clear(gic->latched, (offset & 0xf) + i);
        }
    }
}

static void spendsgir_write(void *device, uint32_t offset, uint32_t width, uint32_t value)
{
    struct vgic *gic = device;
    fold(gic);
    for (uint32_t i = 0; i < width; i++) {
        if (((value >> (8 * i)) & 1) != 0) {
            bit_set(gic->latched, (offset & 0xf) + i);
        }
    }
}

static uint32_t id_read(void *device, uint32_t offset, uint32_t width)
{
    (void)device, (void)width;
    /* PIDR4-7, PIDR0-3 (architecture version 2), CIDR0-3 */
    static const uint8_t ids[12] = {
        0x04, 0x00, 0x00, 0x00, 0x90, 0xb4, 0x2b, 0x00, 0x0d, 0xf0, 0x05, 0xb1,
    };
    return ids[(offset - GICD_ID) / 4];
}

const struct vreg vgic_rows[] = {
    { .offset = GICD_CTLR,
      .bytes = 4,
      .widths = WIDTH_4,
      .read = ctlr_read,
      .write = ctlr_write,
      .name = "CTLR" },
    { .offset = GICD_TYPER, .bytes = 4, .widths = WIDTH_4, .read = typer_read, .name = "TYPER" },
    { .offset = GICD_IIDR, .bytes = 4, .widths = WIDTH_4, .read = iidr_read, .name = "IIDR" },
    { .offset = GICD_IGROUPR, .bytes = 4 * VGIC_WORDS, .widths = WIDTH_4, .name = "IGROUPR" },
    { .offset = GICD_ISENABLER,
      .bytes = 4 * VGIC_WORDS,
      .widths = WIDTH_4,
      .read = enabler_read,
      .write = isenabler_write,
      .name = "ISENABLER" },
    { .offset = GICD_ICENABLER,
      .bytes = 4 * VGIC_WORDS,
      .widths = WIDTH_4,
      .read = enabler_read,
      .write = icenabler_write,
      .name = "ICENABLER" },
    { .offset = GICD_ISPENDR,
      .bytes = 4 * VGIC_WORDS,
      .widths = WIDTH_4,
      .read = pendr_read,
      .write = ispendr_write,
      .name = "ISPENDR" },
    { .offset = GICD_ICPENDR,
      .bytes = 4 * VGIC_WORDS,
      .widths = WIDTH_4,
      .read = pendr_read,
      .write = icpendr_write,
      .name = "ICPENDR" },
    { .offset = GICD_ISACTIVER,
      .bytes = 4 * VGIC_WORDS,
      .widths = WIDTH_4,
      .read = activer_read,
      .write = isactiver_write,
      .name = "ISACTIVER" },
    { .offset = GICD_ICACTIVER,
      .bytes = 4 * VGIC_WORDS,
      .widths = WIDTH_4,
      .read = activer_read,
      .write = icactiver_write,
      .name = "ICACTIVER" },
    { .offset = GICD_IPRIORITYR,
      .bytes = VGIC_IRQS,
      .widths = WIDTH_1_4,
      .lanes = 1,
      .read = ipriorityr_read,
      .write = ipriorityr_write,
      .name = "IPRIORITYR" },
    { .offset = GICD_ITARGETSR,
      .bytes = VGIC_IRQS,
      .widths = WIDTH_1_4,
      .lanes = 1,
      .name = "ITARGETSR" }, /* zero with one CPU: IHI 0048B.b 4.3.12 */
    { .offset = GICD_ICFGR,
      .bytes = VGIC_IRQS / 4,
      .widths = WIDTH_4,
      .read = icfgr_read,
      .write = icfgr_write,
      .name = "ICFGR" },
    { .offset = GICD_SGIR, .bytes = 4, .widths = WIDTH_4, .write = sgir_write, .name = "SGIR" },
    { .offset = GICD_CPENDSGIR,
      .bytes = VGIC_SGIS,
      .widths = WIDTH_1_4,
      .lanes = 1,
      .read = pendsgir_read,
      .write = cpendsgir_write,
      .name = "CPENDSGIR" },
    { .offset = GICD_SPENDSGIR,
      .bytes = VGIC_SGIS,
      .widths = WIDTH_1_4,
      .lanes = 1,
      .read = pendsgir_read,
      .write = spendsgir_write,
      .name = "SPENDSGIR" },
    { .offset = GICD_ID, .bytes = 0x30, .widths = WIDTH_4, .read = id_read, .name = "ID" },
};
const uint32_t vgic_row_count = sizeof(vgic_rows) / sizeof(vgic_rows[0]);
