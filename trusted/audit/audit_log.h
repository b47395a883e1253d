/* SPDX-License-Identifier: BSD-2-Clause */
/* The log itself: appending to the region of protocol/audit.h. */
#pragma once

#include "audit.h"

void audit_log_open(struct audit_region *region);
/* Which ring an entry belongs to, by what it says alone. */
enum audit_ring_name audit_log_ring(const struct audit_entry *entry);
/* Records ever appended, to both rings. */
uint32_t audit_log_count(const struct audit_region *region);
/* False, and nothing appended: this is no entry. */
bool audit_log_append(struct audit_region *region, const struct audit_entry *entry,
                      uint64_t time_us);
struct audit_message {
    abi_word badge;
    const abi_word *words;
    uint32_t length;
};
/* What the component says to any message: only the dialler's is ever done. */
void audit_log_answer(struct audit_region *region, const struct audit_message *m, uint64_t time_us,
                      struct audit_appended *out);
/* The head's first 128 bits, as people read them. */
void audit_log_head(const struct audit_region *region, uint32_t words_out[AUDIT_HEAD_WORDS]);
