/* SPDX-License-Identifier: BSD-2-Clause */
/* What the virtual modem may rely on, of the fake dialler as of the real one: the same cases run
 * against both, so that no fault hides behind a fake that behaves better. */
#include "check.h"
#include "dialler_peer.h"

enum { SECOND = 1000000 };

static struct number number_of(const char *digits)
{
    struct number n = { 0 };

    for (; *digits != '\0'; digits++) {
        unsigned symbol = 0;

        while (NUMBER_ALPHABET[symbol] != *digits) {
            symbol++;
        }
        (void)number_append(&n, symbol);
    }
    return n;
}

static int start(void **state)
{
    (void)state;
    peer_reset();
    return 0;
}

static enum dialler_answer dial(const char *digits)
{
    const struct number number = number_of(digits);

    return dialler_port_dial(0, &number);
}

static struct dialler_reply status(void)
{
    struct dialler_reply reply;

    dialler_port_status(&reply);
    assert_int_equal(reply.answer, DIALLER_ACCEPTED);
    return reply;
}

static void assert_state(enum dial_state state, const char *digits)
{
    const struct dialler_reply reply = status();
    const struct number number = number_of(digits);

    assert_int_equal(reply.state, state);
    assert_int_equal(reply.id != 0, state != DIAL_STATE_NONE);
    assert_int_equal(reply.is_incoming, state == DIAL_STATE_INCOMING);
    assert_true(number_is_equal(&reply.number, &number));
}

static void assert_over(enum dial_outcome outcome)
{
    assert_state(DIAL_STATE_NONE, "");
    assert_int_equal(status().outcome, outcome);
}

static void with_nothing_up(void **state)
{
    (void)state;
    assert_over(DIAL_OUTCOME_NONE);
    assert_int_equal(dialler_port_hang_up(), DIALLER_ACCEPTED);
    assert_int_equal(dialler_port_answer(), DIALLER_INVALID);
    assert_int_equal(dialler_port_tone(1), DIALLER_INVALID);
    dialler_port_cancel_all();
    assert_over(DIAL_OUTCOME_NONE);
}

static void a_call_from_end_to_end(void **state)
{
    uint32_t id;

    (void)state;
    assert_int_equal(dial("0301234567"), DIALLER_ACCEPTED);
    id = status().id;
    assert_state(DIAL_STATE_PROMPT, "0301234567");
    assert_int_equal(dial("0301234568"), DIALLER_BUSY);
    assert_int_equal(dialler_port_answer(), DIALLER_INVALID);
    assert_int_equal(dialler_port_tone(1), DIALLER_INVALID);
    peer_confirms();
    assert_state(DIAL_STATE_DIALLING, "0301234567");
    assert_int_equal(dial("0301234568"), DIALLER_BUSY);
    peer_alerts();
    assert_state(DIAL_STATE_ALERTING, "0301234567");
    assert_int_equal(dialler_port_tone(1), DIALLER_INVALID);
    peer_answers();
    assert_state(DIAL_STATE_ACTIVE, "0301234567");
    assert_int_equal(dialler_port_tone(1), DIALLER_ACCEPTED);
    assert_int_equal(dialler_port_tone(SYMBOL_PLUS), DIALLER_INVALID);
    assert_int_equal(status().id, id);
    peer_ends();
    assert_over(DIAL_OUTCOME_ENDED);
    assert_int_equal(dial("0301234567"), DIALLER_ACCEPTED);
    assert_int_not_equal(status().id, id);
    assert_int_equal(status().outcome, DIAL_OUTCOME_NONE);
}

static void who_hangs_up_sees_it_gone_at_once(void **state)
{
    (void)state;
    assert_int_equal(dial("0301234567"), DIALLER_ACCEPTED);
    assert_int_equal(dialler_port_hang_up(), DIALLER_ACCEPTED);
    assert_over(DIAL_OUTCOME_WITHDRAWN);
    peer_time_passes(2 * SECOND);
    assert_int_equal(dial("0301234567"), DIALLER_ACCEPTED);
    peer_confirms();
    peer_answers();
    assert_int_equal(dialler_port_hang_up(), DIALLER_ACCEPTED);
    assert_over(DIAL_OUTCOME_ENDED);
}

static void other_ends(void **state)
{
    (void)state;
    assert_int_equal(dial("0301234567"), DIALLER_ACCEPTED);
    peer_confirms();
    peer_is_busy();
    assert_over(DIAL_OUTCOME_BUSY);
    assert_int_equal(dial("0301234567"), DIALLER_ACCEPTED);
    peer_refuses();
    assert_over(DIAL_OUTCOME_REFUSED);
    assert_int_equal(dial("0301234567"), DIALLER_REFUSED); /* back-off */
    assert_over(DIAL_OUTCOME_REFUSED);
    peer_time_passes(2 * SECOND);
    assert_int_equal(dial("0301234567"), DIALLER_ACCEPTED);
}

static void what_is_no_number_is_invalid(void **state)
{
    static const char *const bad[] = { "*100#", "*#06#", "12", "", "012345678901234567890" };

    (void)state;
    for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(dial(bad[i]), DIALLER_INVALID);
        assert_over(DIAL_OUTCOME_NONE);
    }
}

/* It is listed without its prefix, which the virtual modem has to put back. */
static void a_prefix_is_taken_off(void **state)
{
    (void)state;
    assert_int_equal(dial("*31#0301234567"), DIALLER_ACCEPTED);
    assert_state(DIAL_STATE_PROMPT, "0301234567");
}

static void an_emergency_call_is_not_hung_up(void **state)
{
    (void)state;
    assert_int_equal(dial("112"), DIALLER_ACCEPTED);
    assert_int_equal(dialler_port_hang_up(), DIALLER_ACCEPTED); /* as long as it is a question */
    assert_over(DIAL_OUTCOME_WITHDRAWN);
    peer_time_passes(2 * SECOND);
    assert_int_equal(dial("112"), DIALLER_ACCEPTED);
    peer_confirms();
    peer_answers();
    assert_int_equal(dialler_port_hang_up(), DIALLER_REFUSED);
    assert_state(DIAL_STATE_ACTIVE, "112");
}

static void somebody_calls(void **state)
{
    const struct number caller = number_of("+493012345"), nobody = { 0 };
    uint32_t id;

    (void)state;
    peer_rings(&caller);
    assert_state(DIAL_STATE_INCOMING, "+493012345");
    id = status().id;
    assert_int_equal(dialler_port_answer(), DIALLER_ACCEPTED);
    assert_state(DIAL_STATE_INCOMING, "+493012345"); /* only the person answers */
    assert_int_equal(dial("0301234567"), DIALLER_BUSY);
    assert_int_equal(dialler_port_tone(1), DIALLER_INVALID);
    peer_ends();
    assert_state(DIAL_STATE_NONE, "");
    peer_rings(&nobody); /* the next caller is another one */
    assert_state(DIAL_STATE_INCOMING, "");
    assert_int_not_equal(status().id, id);
    assert_int_equal(dialler_port_hang_up(), DIALLER_ACCEPTED);
    assert_state(DIAL_STATE_NONE, "");
}

/* A reset guest: its question is withdrawn; what was confirmed goes on, and is no more its. */
static void all_is_cancelled(void **state)
{
    (void)state;
    assert_int_equal(dial("0301234567"), DIALLER_ACCEPTED);
    dialler_port_cancel_all();
    assert_over(DIAL_OUTCOME_WITHDRAWN);
    peer_time_passes(2 * SECOND);
    assert_int_equal(dial("0301234567"), DIALLER_ACCEPTED);
    peer_confirms();
    dialler_port_cancel_all();
    assert_over(DIAL_OUTCOME_NONE);
    assert_int_equal(dialler_port_tone(1), DIALLER_INVALID);
}

#define CASE(name) cmocka_unit_test_setup(name, start)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(with_nothing_up),
        CASE(a_call_from_end_to_end),
        CASE(who_hangs_up_sees_it_gone_at_once),
        CASE(other_ends),
        CASE(what_is_no_number_is_invalid),
        CASE(a_prefix_is_taken_off),
        CASE(an_emergency_call_is_not_hung_up),
        CASE(somebody_calls),
        CASE(all_is_cancelled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
