/* SPDX-License-Identifier: BSD-2-Clause */
/* Looks up what a guest may read of its processor. */
#include "identification.h"

#include "sysreg.h"

#define PLACE(op1, crm, op2) ((op1) << 6 | (crm) << 3 | (op2))

static const uint8_t places[] = {
#define REGISTER(op1, crm, op2, most) PLACE(op1, crm, op2),
#include "identification.inc"
#undef REGISTER
};

static const abi_word mosts[] = {
#define REGISTER(op1, crm, op2, most) (abi_word) UINT64_C(most),
#include "identification.inc"
#undef REGISTER
};

enum row {
#define REGISTER(op1, crm, op2, most) ROW_##op1##_##crm##_##op2,
#include "identification.inc"
#undef REGISTER
    ROWS,
};

/* Each has an instruction of its own. */
static abi_word read(enum row row)
{
    switch (row) {
#define REGISTER(op1, crm, op2, most) \
    case ROW_##op1##_##crm##_##op2:   \
        return identification_read(op1, crm, op2);
#include "identification.inc"
#undef REGISTER
    case ROWS:
        break;
    }
    return 0;
}

/* Each field as it is where `most` has F, and else no larger than there. */
static abi_word limited(abi_word value, abi_word most)
{
    enum { FIELD_BITS = 4, FIELD = 0xf };
    abi_word shown = 0;

    for (unsigned shift = 0; shift < 8 * sizeof(value); shift += FIELD_BITS) {
        const abi_word field = value >> shift & FIELD;
        const abi_word limit = most >> shift & FIELD;

        shown |= (limit == FIELD || field < limit ? field : limit) << shift;
    }
    return shown;
}

bool identification_show(unsigned op1, unsigned crm, unsigned op2, abi_word *value_out)
{
    for (enum row row = 0; row < ROWS; row++) {
        if (places[row] == PLACE(op1, crm, op2)) {
            *value_out = limited(read(row), mosts[row]);
            return true;
        }
    }
    *value_out = 0;
    return false;
}
