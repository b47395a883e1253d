/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Invariants:
 *  A1 records[first + i % capacity] of a ring holds its record i for the last `capacity` values of
 *     i.
 *  A2 A ring's chain is the chain field of its record count-1, or the hash of nothing.
 *  A3 A ring's first_chain is the chain before the oldest record that is still in it.
 *  A4 head is the hash of both rings' counts and chains.
 *  A5 What a guest, a peer or the network can cause without the person is never in the ring CALLS,
 *     but
 *     for what becomes of a call that was sent.
 *  A6 All hashes are made first; the record, its ring and the head are then written in one go.
 */
#include "audit_log.h"

#include "bearssl_hash.h"
#include "dialler.h"
#include "display.h"
#include "modem.h"

#include <stddef.h>

static const char nothing[AUDIT_RINGS][26] = { "Robin audit log 2, ring 0",
                                               "Robin audit log 2, ring 1" };

static void copy_hash(uint8_t to[AUDIT_HASH_BYTES], const uint8_t from[AUDIT_HASH_BYTES])
{
    for (unsigned i = 0; i < AUDIT_HASH_BYTES; i++) {
        to[i] = from[i];
    }
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

static void hash_rings(uint8_t out[AUDIT_HASH_BYTES], const struct audit_ring rings[AUDIT_RINGS])
{
    br_sha256_context context;

    br_sha256_init(&context);
    for (unsigned i = 0; i < AUDIT_RINGS; i++) {
        br_sha256_update(&context, &rings[i].count, sizeof rings[i].count);
        br_sha256_update(&context, rings[i].chain, AUDIT_HASH_BYTES);
    }
    br_sha256_out(&context, out);
}

static void open_ring(struct audit_ring *ring, enum audit_ring_name name, uint32_t first,
                      uint32_t capacity)
{
    *ring = (struct audit_ring){ .first = first, .capacity = capacity };
    hash(ring->chain, nothing[name], sizeof nothing[name] - 1, nothing, 0);
    copy_hash(ring->first_chain, ring->chain);
}

void audit_log_open(struct audit_region *region)
{
    region->magic = 0;
    for (unsigned i = 0; i < AUDIT_RECORDS; i++) {
        region->records[i] = (struct audit_record){ 0 }; /* what an earlier run left is not ours */
    }
    open_ring(&region->rings[AUDIT_RING_CALLS], AUDIT_RING_CALLS, 0, AUDIT_CALL_RECORDS);
    open_ring(&region->rings[AUDIT_RING_OTHER], AUDIT_RING_OTHER, AUDIT_CALL_RECORDS,
              AUDIT_OTHER_RECORDS);
    hash_rings(region->head, region->rings);
    region->record_bytes = sizeof(struct audit_record);
    region->magic = AUDIT_MAGIC;
}

static bool is_entry(const struct audit_entry *entry)
{
    return entry->kind >= AUDIT_BOOT && entry->kind < AUDIT_KINDS && entry->repeats > 0 &&
           (number_is_none(&entry->number) || number_is_valid(&entry->number));
}

/* What became of a call that the person had confirmed, or answered. An event of no call has no
 * epoch. */
static bool is_result_of_a_call(const struct audit_entry *entry)
{
    if (entry->origin == ORIGIN_NETWORK) {
        return entry->detail >> 8 == MODEM_EVENT_ACTIVE && entry->epoch != 0;
    }
    return !number_is_none(&entry->number);
}

/* Or failed after the person had confirmed it, for want of a modem, say. */
static bool is_refused_by_the_person(const struct audit_entry *entry)
{
    uint32_t outcome = entry->detail & 0xff;

    return outcome == DIAL_OUTCOME_REFUSED ||
           (outcome == DIAL_OUTCOME_FAILED && entry->origin != ORIGIN_NETWORK);
}

enum audit_ring_name audit_log_ring(const struct audit_entry *entry)
{
    switch (entry->kind) {
    case AUDIT_BOOT:
    case AUDIT_CONFIRMED:
    case AUDIT_SENT:
    case AUDIT_BLOCKED:
        return AUDIT_RING_CALLS;
    case AUDIT_REFUSED:
        return is_refused_by_the_person(entry) ? AUDIT_RING_CALLS : AUDIT_RING_OTHER;
    case AUDIT_RESULT:
        return is_result_of_a_call(entry) ? AUDIT_RING_CALLS : AUDIT_RING_OTHER;
    default:
        return AUDIT_RING_OTHER;
    }
}

uint32_t audit_log_count(const struct audit_region *region)
{
    return region->rings[AUDIT_RING_CALLS].count + region->rings[AUDIT_RING_OTHER].count;
}

bool audit_log_append(struct audit_region *region, const struct audit_entry *entry,
                      uint64_t time_us)
{
    struct audit_ring rings[AUDIT_RINGS] = { region->rings[0], region->rings[1] };
    struct audit_ring *ring = &rings[audit_log_ring(entry)];
    struct audit_record *slot = &region->records[ring->first + ring->count % ring->capacity];
    struct audit_record record = {
        .sequence = audit_log_count(region),
        .kind = entry->kind,
        .time_us = time_us,
        .origin = entry->origin,
        .epoch = entry->epoch,
        .detail = entry->detail,
        .number = entry->number,
        .repeats = entry->repeats,
    };
    uint8_t head[AUDIT_HASH_BYTES];

    if (!is_entry(entry) || record.sequence == UINT32_MAX) {
        return false;
    }
    if (ring->count >= ring->capacity) {
        copy_hash(ring->first_chain, slot->chain);
    }
    hash(record.chain, ring->chain, AUDIT_HASH_BYTES, &record,
         offsetof(struct audit_record, chain));
    copy_hash(ring->chain, record.chain);
    ring->count++;
    hash_rings(head, rings);
    *slot = record;
    region->rings[audit_log_ring(entry)] = *ring;
    copy_hash(region->head, head);
    return true;
}

void audit_log_head(const struct audit_region *region, uint32_t words_out[AUDIT_HEAD_WORDS])
{
    for (unsigned i = 0; i < AUDIT_HEAD_WORDS; i++) {
        const uint8_t *b = &region->head[4 * i];

        words_out[i] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    }
}

void audit_log_answer(struct audit_region *region, const struct audit_message *m, uint64_t time_us,
                      struct audit_appended *out)
{
    struct audit_append append;
    bool is_good = m->badge == AUDIT_BADGE_DIALLER &&
                   audit_append_take(&append, m->words, m->length) &&
                   audit_log_append(region, &append.entry, time_us);

    *out = (struct audit_appended){ .answer = is_good ? AUDIT_OK : AUDIT_INVALID,
                                    .count = audit_log_count(region) };
    audit_log_head(region, out->head);
}
