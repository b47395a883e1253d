/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Invariants:
 *  A1 records[n % capacity] holds record n for the last `capacity` values of n.
 *  A2 head is the chain field of record count-1, or the hash of nothing.
 *  A3 first_chain is the chain before the oldest record that is still here.
 *  A4 `count` is written last: a reader that stops the machine sees whole records.
 */
#include "audit_log.h"

#include "bearssl_hash.h"

#include <stddef.h>

static const char nothing[] = "Robin audit log 1";

static void copy_hash(uint8_t to[AUDIT_HASH_BYTES], const uint8_t from[AUDIT_HASH_BYTES])
{
    for (unsigned i = 0; i < AUDIT_HASH_BYTES; i++)
        to[i] = from[i];
}

static void hash(uint8_t out[AUDIT_HASH_BYTES], const void *first, size_t first_bytes,
                 const void *then, size_t then_bytes)
{
    br_sha256_context context;

    br_sha256_init(&context);
    br_sha256_update(&context, first, first_bytes);
    br_sha256_update(&context, then, then_bytes);
    br_sha256_out(&context, out);
}

void audit_log_open(struct audit_region *region)
{
    region->magic = 0;
    for (unsigned i = 0; i < AUDIT_RECORDS; i++)
        region->records[i] = (struct audit_record){ 0 }; /* what an earlier run left is not ours */
    hash(region->head, nothing, sizeof nothing - 1, nothing, 0);
    copy_hash(region->first_chain, region->head);
    region->record_bytes = sizeof(struct audit_record);
    region->capacity = AUDIT_RECORDS;
    region->count = 0;
    region->magic = AUDIT_MAGIC;
}

static bool is_entry(const struct audit_entry *entry)
{
    const struct number none = { 0 };

    return entry->kind >= AUDIT_BOOT && entry->kind < AUDIT_KINDS && entry->repeats > 0 &&
           (number_is_equal(&entry->number, &none) || number_is_valid(&entry->number));
}

bool audit_log_append(struct audit_region *region, const struct audit_entry *entry, uint64_t time_us)
{
    struct audit_record *record = &region->records[region->count % AUDIT_RECORDS];

    if (!is_entry(entry) || region->count == UINT32_MAX)
        return false;
    if (region->count >= AUDIT_RECORDS)
        copy_hash(region->first_chain, record->chain);
    *record = (struct audit_record){
        .sequence = region->count,
        .kind = entry->kind,
        .time_us = time_us,
        .origin = entry->origin,
        .epoch = entry->epoch,
        .detail = entry->detail,
        .number = entry->number,
        .repeats = entry->repeats,
    };
    hash(record->chain, region->head, AUDIT_HASH_BYTES, record, offsetof(struct audit_record, chain));
    copy_hash(region->head, record->chain);
    region->count++;
    return true;
}

void audit_log_head(const struct audit_region *region, uint32_t words_out[AUDIT_HEAD_WORDS])
{
    for (unsigned i = 0; i < AUDIT_HEAD_WORDS; i++) {
        const uint8_t *b = &region->head[4 * i];

        words_out[i] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    }
}
