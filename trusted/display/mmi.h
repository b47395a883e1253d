/* SPDX-License-Identifier: BSD-2-Clause */
/* What a supplementary service code means (3GPP TS 22.030, 6.5.2 "Structure of the MMI"). */
#ifndef DISPLAY_MMI_H
#define DISPLAY_MMI_H

#include "number.h"
#include "tables.h"

struct mmi {
    enum word who, meaning, confirm;
    struct number target; /* empty: the code has none that we know */
};

void mmi_read(const struct number *code, struct mmi *out);

#endif
