/* SPDX-License-Identifier: BSD-2-Clause */
/* What the dialler's proof needs to know of its neighbours. number.c's proof shows number_is_equal;
 * call_plan.c, e164.c and the other predicates answer anything. */
#include "contracts.h"

#include "call_plan.h"
#include "e164.h"
#include "proof.h"

struct number planned, planned_for;

struct call_plan nondet_plan(void);
bool __CPROVER_uninterpreted_valid(struct number n);

bool number_is_equal(const struct number *a, const struct number *b)
{
    return a->length == b->length && a->packed[0] == b->packed[0] && a->packed[1] == b->packed[1] &&
           a->packed[2] == b->packed[2] && a->packed[3] == b->packed[3] &&
           a->packed[4] == b->packed[4];
}

/* Any, but of the number alone. */
bool number_is_valid(const struct number *n)
{
    return n->length > 0 && n->length <= NUMBER_SYMBOLS_MAX && __CPROVER_uninterpreted_valid(*n);
}

bool number_is_callable(const struct number *n)
{
    return number_is_valid(n) && n->length <= NUMBER_DIAL_MAX && nondet_bool();
}

bool e164_is_equal(const struct number *a, const struct number *b)
{
    return number_is_equal(a, b) || nondet_bool();
}

/* Yes to any valid number, or no; the plan is anything, and remembered. */
bool call_plan_make(const struct number *requested, uint32_t flags, enum call_sim sim,
                    struct call_plan *plan_out)
{
    const bool is_good = number_is_valid(requested) && nondet_bool();

    (void)flags;
    (void)sim;
    *plan_out = nondet_plan();
    plan_out->is_emergency = nondet_bool();
    plan_out->needs_hold = nondet_bool();
    plan_out->reason = is_good ? REASON_NONE : 1 + any_below(REASONS - 1);
    planned = plan_out->number;
    planned_for = *requested;
    return is_good;
}
