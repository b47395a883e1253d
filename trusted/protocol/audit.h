/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The audit log: fixed-size records at a fixed physical address, in two rings. What went out, what
 * the person decided and what became of it is in CALLS; what somebody else can cause at will is in
 * OTHER, so that no flood drops a call (docs/adr/0012). In each ring a record is bound to all
 * before it by SHA-256, and the head binds both rings and their counts: chain of nothing =
 * SHA-256("Robin audit log 2, ring R"), R = "0" for CALLS, "1" for OTHER chain[i] =
 * SHA-256(chain[i-1] || record[i] up to its chain field) head     = SHA-256(count of CALLS || chain
 * of CALLS || count of OTHER || chain of OTHER) with the counts as they lie in memory: 32 bits,
 * little-endian. The records of both rings are numbered together: a number that no kept record has
 * is one of a record that its ring dropped, it is smaller than all numbers in that ring, and the
 * counts say how many those are. Only the dialler may append. The reply carries the new count (of
 * both rings) and head.
 */
#pragma once

#include "message.h"
#include "number.h"

#include <stddef.h>

enum audit_badge { AUDIT_BADGE_DIALLER = 1 }; /* nobody else is served */
enum { AUDIT_APPEND = 1, AUDIT_HASH_BYTES = 32, AUDIT_HEAD_WORDS = 4 };
enum audit_answer { AUDIT_OK = 0, AUDIT_INVALID };

/* what the dialler knows of a record */
struct audit_entry {
    uint32_t kind, origin, epoch, detail, repeats;
    struct number number; /* valid, or all zero: none */
};

struct audit_append {
    uint32_t operation;
    struct audit_entry entry;
};

/* the answer */
struct audit_appended {
    uint32_t answer; /* enum audit_answer */
    uint32_t count;
    uint32_t head[AUDIT_HEAD_WORDS]; /* the first 128 bits of the chain's head, big-endian words */
};

/* False: not such a message. What makes an entry a good one knows audit_log_append. */
bool audit_append_take(struct audit_append *out, const abi_word *words, uint32_t sent);
bool audit_appended_take(struct audit_appended *out, const abi_word *words, uint32_t sent);

enum audit_kind {
    AUDIT_BOOT = 1,
    AUDIT_REQUESTED, /* a dial request came in; detail = badge */
    AUDIT_SHOWN,     /* detail = category << 16 | price in cents */
    AUDIT_CONFIRMED, /* detail as of AUDIT_SHOWN */
    AUDIT_REFUSED,   /* nothing comes of it; detail = enum dial_outcome | enum dial_reason << 8 */
    AUDIT_SENT,   /* the dial command is on the line; detail = token; of an emergency for each try,
                     coalesced after the eighth */
    AUDIT_RESULT, /* detail = enum modem_event << 8 | cause */
    AUDIT_REJECTED,  /* a request that never became a prompt; detail = reason; coalesced */
    AUDIT_VIOLATION, /* a report from a VMM; detail = kind | enum report_command << 8; coalesced */
    AUDIT_LEGACY_RESTARTED,
    AUDIT_BLOCKED,
    AUDIT_RINGING, /* a call comes in; detail = token */
    AUDIT_KINDS
};

#define AUDIT_MAGIC 0x32445541u /* "AUD2" */
struct audit_record {
    uint32_t sequence; /* from 0, in both rings together */
    uint32_t kind;
    uint64_t time_us; /* since power-on, CNTPCT */
    uint32_t origin;  /* enum call_origin */
    uint32_t epoch;
    uint32_t detail;
    struct number number;
    uint32_t repeats; /* how many like this were coalesced into it, 1 = just this */
    uint8_t chain[AUDIT_HASH_BYTES];
};
_Static_assert(sizeof(struct audit_record) == 88, "no padding: the record is hashed as it lies");

enum audit_ring_name { AUDIT_RING_CALLS = 0, AUDIT_RING_OTHER, AUDIT_RINGS };
/* each field but `count` is fixed, or changes with `count` */
struct audit_ring {
    uint32_t first;    /* slot of its first record in `records` */
    uint32_t capacity; /* record i of the ring is in slot first + i % capacity */
    uint32_t count;    /* records ever appended; the ring holds the last `capacity` */
    uint8_t first_chain[AUDIT_HASH_BYTES]; /* chain before the oldest record that is still here */
    uint8_t chain[AUDIT_HASH_BYTES];       /* of the newest */
};

enum {
    AUDIT_REGION_BYTES = 65536,
    AUDIT_CALL_RECORDS = 512,
    AUDIT_OTHER_RECORDS = 230,
    AUDIT_RECORDS = AUDIT_CALL_RECORDS + AUDIT_OTHER_RECORDS
};
struct audit_region {
    uint32_t magic;
    uint32_t record_bytes;
    struct audit_ring rings[AUDIT_RINGS];
    uint8_t head[AUDIT_HASH_BYTES];
    struct audit_record records[AUDIT_RECORDS];
};
_Static_assert(sizeof(struct audit_ring) == 76, "no padding: readers know where each field lies");
_Static_assert(offsetof(struct audit_region, records) == 192, "likewise");
_Static_assert(sizeof(struct audit_region) <= AUDIT_REGION_BYTES, "the log fits its region");
