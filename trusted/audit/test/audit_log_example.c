/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes a log of N entries, as the component would, to the standard output: for the verifier's
 * test. */
#include "audit_log.h"

#include <stdio.h>
#include <stdlib.h>

/* Every kind in turn, as the person's own and as Linux'; what follows the first `mixed` is noise of
 * Linux'. */
static struct audit_entry entry_of(uint32_t i, uint32_t mixed)
{
    struct audit_entry entry = { .kind = i < mixed ? 1 + i % (AUDIT_KINDS - 1) : AUDIT_REJECTED,
                                 .origin = i % 3,
                                 .epoch = i,
                                 .detail = i * 7,
                                 .repeats = 1 };

    for (unsigned digit = 0; digit < i % 20; digit++) {
        number_append(&entry.number, digit % 10);
    }
    return entry;
}

int main(int argc, char **argv)
{
    static struct audit_region region;
    static uint8_t image[AUDIT_REGION_BYTES];
    uint32_t entries = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 10;
    uint32_t mixed = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : entries;

    audit_log_open(&region);
    for (uint32_t i = 0; i < entries; i++) {
        const struct audit_entry entry = entry_of(i, mixed);

        if (!audit_log_append(&region, &entry, 1000u * (uint64_t)i)) {
            return EXIT_FAILURE;
        }
    }
    for (size_t i = 0; i < sizeof region; i++) {
        image[i] = ((const uint8_t *)&region)[i];
    }
    return fwrite(image, sizeof image, 1, stdout) == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
