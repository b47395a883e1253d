/* SPDX-License-Identifier: BSD-2-Clause */
/* The more often a guest's requests come to nothing, the longer it must wait for the next. */
#ifndef DIALLER_BACK_OFF_H
#define DIALLER_BACK_OFF_H

#include <stdbool.h>
#include <stdint.h>

struct back_off {
    uint32_t failures;
    uint64_t until_us;
};

enum back_off_kind { BACK_OFF_ORDINARY = 0, BACK_OFF_EMERGENCY, BACK_OFF_KINDS };

bool back_off_allows(const struct back_off *b, uint64_t now_us);
void back_off_failure(struct back_off *b, enum back_off_kind kind, uint64_t now_us);
/* It came to nothing without anybody's fault: a moment's pause, so that it cannot be repeated at will. */
void back_off_pause(struct back_off *b, uint64_t now_us);
void back_off_success(struct back_off *b);

#endif
