/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the guest's tty to the wire and back: the virtual modem, the dialler, the display, the audit
 * log, the driver and modem-sim, each with its own main.c. A guest types, a person touches, and
 * what is judged is the wire log, the audit log, the guest's tty and the panel's page. Each case is
 * a process of its own.
 */
#include "joined.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit.h"
#include "display.h"
#include "input.h"
#include "runtime/ipc.h"
#include "wire_log.h"

enum { MILLISECOND = 1000, SECOND = 1000000 };

#define CHECK(what) check((what), #what, __LINE__)

static const char *wire(void)
{
    return ((const struct wire_log_region *)joined_wire_log)->text;
}

static const char *log_of(const char *digits);

static void check(bool holds, const char *what, int line)
{
    if (holds) {
        return;
    }
    printf("joined_test.c:%d: %s\npage: %s\nlog:%s\nwire:\n%s", line, what, joined_view_name(),
           log_of(""), wire());
    fflush(stdout);
    _exit(1);
}

static unsigned times(const char *text)
{
    unsigned count = 0;

    for (const char *at = strstr(wire(), text); at != NULL; at = strstr(at + 1, text)) {
        count++;
    }
    return count;
}

static bool page_is(const char *name)
{
    return strcmp(joined_view_name(), name) == 0;
}

static void wait_for_page(const char *name, unsigned seconds, int line)
{
    for (unsigned i = 0; i < seconds * 20 && !page_is(name); i++) {
        joined_run(50 * MILLISECOND);
    }
    check(page_is(name), name, line);
}
#define PAGE(name) wait_for_page(name, 5, __LINE__)

static bool wait_for_wire(const char *text, unsigned seconds)
{
    for (unsigned i = 0; i < seconds * 20 && times(text) == 0; i++) {
        joined_run(50 * MILLISECOND);
    }
    return times(text) > 0;
}

/* ---- the person ------------------------------------------------------------------------------ */

static void input(uint32_t kind, uint32_t a, uint32_t b)
{
    struct ipc_message m = { .length = 4, .word = { DISPLAY_INPUT, kind, a, b } };

    CHECK(ipc_call(JOINED_CAP(ENDPOINT_DISPLAY, DISPLAY_BADGE_INPUT), &m) == STATUS_OK);
    joined_run(0);
}

static void press(enum joined_place place, unsigned key, uint64_t us)
{
    uint32_t x, y;

    joined_place(place, key, &x, &y);
    input(INPUT_TOUCH, x, y);
    joined_run(us);
    input(INPUT_TOUCH_UP, 0, 0);
    joined_run(100 * MILLISECOND);
}

static void tap(enum joined_place place)
{
    joined_run(SECOND);
    press(place, 0, 60 * MILLISECOND);
}

static void hold(enum joined_place place)
{
    joined_run(SECOND);
    press(place, 0, 3 * SECOND);
}

static void to_keypad(void)
{
    for (unsigned i = 0; i < 3 && !page_is("home");
         i++) { /* once more where a call's page comes first */
        tap(PLACE_BAR);
    }
    PAGE("home");
    tap(PLACE_KEYPAD);
    PAGE("keypad");
}

static void type_number(const char *digits)
{
    for (; *digits != '\0'; digits++) {
        press(PLACE_KEY, (unsigned)(*digits - '0'), 60 * MILLISECOND);
    }
}

/* ---- the log --------------------------------------------------------------------------------- */

static const struct audit_region *log_region(void)
{
    return (const struct audit_region *)joined_audit;
}

static const struct audit_record *record(uint32_t sequence)
{
    const struct audit_region *r = log_region();

    for (unsigned ring = 0; ring < AUDIT_RINGS; ring++) {
        for (uint32_t i = 0; i < r->rings[ring].count && i < r->rings[ring].capacity; i++) {
            if (r->records[r->rings[ring].first + i].sequence == sequence) {
                return &r->records[r->rings[ring].first + i];
            }
        }
    }
    return NULL;
}

/* What was logged of calls, in order; each of another number than `digits` has a '!'. */
static const char *log_of(const char *digits)
{
    static const char *const names[AUDIT_KINDS] = {
        [AUDIT_REQUESTED] = "requested", [AUDIT_SHOWN] = "shown", [AUDIT_CONFIRMED] = "confirmed",
        [AUDIT_REFUSED] = "refused",     [AUDIT_SENT] = "sent",   [AUDIT_RESULT] = "result",
        [AUDIT_RINGING] = "ringing",
    };
    static char text[2000];
    const struct audit_record *r;
    struct number n = { 0 };

    text[0] = '\0';
    for (; *digits != '\0'; digits++) {
        n.packed[n.length / 8] |= (uint32_t)(strchr(NUMBER_ALPHABET, *digits) - NUMBER_ALPHABET)
                                  << (4 * (n.length % 8));
        n.length++;
    }
    for (uint32_t i = 0; (r = record(i)) != NULL && strlen(text) < sizeof text - 20; i++) {
        if (r->kind >= AUDIT_KINDS || names[r->kind] == NULL) {
            continue;
        }
        strcat(text, memcmp(&r->number, &n, sizeof n) == 0 ? " " : " !");
        strcat(text, names[r->kind]);
    }
    return text;
}

static void power_on(void)
{
    joined_start();
    joined_run(SECOND);
    if (page_is("cards")) {
        tap(PLACE_SKIP);
    }
    PAGE("linux");
    joined_run(SECOND);
}

static bool guest_hears(const char *text, unsigned seconds)
{
    static char all[65536];

    all[0] = '\0';
    for (unsigned i = 0; i < seconds * 20; i++) {
        strncat(all, joined_guest_heard(), sizeof all - strlen(all) - 1);
        if (strstr(all, text) != NULL) {
            return true;
        }
        joined_run(50 * MILLISECOND);
    }
    return false;
}

static void a_confirmed_call(void)
{
    power_on();
    joined_guest_type("ATD0301234567;\r");
    CHECK(guest_hears("OK", 1));
    PAGE("prompt");
    joined_run(5 * SECOND);
    CHECK(times("RX ATD") == 0);
    tap(PLACE_CONFIRM);
    PAGE("call");
    CHECK(wait_for_wire("CALL 0301234567 active", 5));
    CHECK(times("RX ATD0301234567;") == 1);
    joined_run(SECOND);
    joined_guest_type("AT+CLCC\r");
    CHECK(guest_hears("+CLCC: 1,0,0,0,0,\"0301234567\"", 1));
    joined_guest_type("ATH\r");
    CHECK(wait_for_wire("CALL 0301234567 ended local", 5));
    joined_run(5 * SECOND);
    joined_guest_type("AT+CLCC\r");
    CHECK(!guest_hears("+CLCC: 1", 1));
    PAGE("linux");
    CHECK(strcmp(log_of("0301234567"),
                 " requested shown confirmed sent result result result result") == 0);
}

/* Clients compare what is listed with what they dialled; the panel, the log and the wire have the
 * number that is called. */
static void a_call_with_a_prefix(void)
{
    power_on();
    joined_guest_type("ATD*31#0301234567;\r");
    PAGE("prompt");
    joined_guest_type("AT+CLCC\r");
    CHECK(guest_hears("+CLCC: 1,0,2,0,0,\"*31#0301234567\"", 1));
    tap(PLACE_CONFIRM);
    CHECK(wait_for_wire("RX ATD0301234567i;", 5));
    CHECK(wait_for_wire("CALL 0301234567 active", 5));
    joined_run(SECOND);
    joined_guest_type("AT+CLCC\r");
    CHECK(guest_hears("+CLCC: 1,0,0,0,0,\"*31#0301234567\"", 1));
    tap(PLACE_HANG_UP);
    CHECK(guest_hears("NO CARRIER", 5));
    CHECK(strcmp(log_of("0301234567"),
                 " requested shown confirmed sent result result result result") == 0);
}

static void a_refused_call(void)
{
    power_on();
    joined_guest_type("ATD09005123456;\r");
    PAGE("prompt");
    tap(PLACE_CONFIRM); /* it has a price: a tap is not enough */
    CHECK(page_is("prompt"));
    tap(PLACE_REFUSE);
    CHECK(guest_hears("NO CARRIER", 5));
    CHECK(times("RX ATD") == 0);
    CHECK(strcmp(log_of("09005123456"), " requested shown refused") == 0);
}

static void a_held_premium_call(void)
{
    power_on();
    joined_guest_type("ATD09005123456;\r");
    PAGE("prompt");
    hold(PLACE_CONFIRM);
    CHECK(wait_for_wire("CALL 09005123456 active", 5));
    tap(PLACE_HANG_UP);
    CHECK(wait_for_wire("CALL 09005123456 ended local", 5));
    CHECK(guest_hears("NO CARRIER", 5));
}

static void start_keypad_call(const char *digits)
{
    to_keypad();
    type_number(digits);
    joined_run(SECOND);
    tap(PLACE_CALL);
    PAGE("call");
}

static void a_keypad_call(void)
{
    power_on();
    start_keypad_call("0301234567");
    CHECK(wait_for_wire("CALL 0301234567 active", 5));
    joined_guest_type("AT+CLCC\r");
    CHECK(!guest_hears("+CLCC: 1", 1)); /* it is none of Linux' */
    tap(PLACE_HANG_UP);
    CHECK(wait_for_wire("CALL 0301234567 ended local", 5));
    CHECK(times("RX ATD") == 1);
}

/* An emergency call, while the modem carries out a dial command that it never answers. */
static void an_emergency_call_at_once(void)
{
    power_on();
    joined_guest_type("ATD03023125122;\r");
    PAGE("prompt");
    tap(PLACE_CONFIRM);
    CHECK(wait_for_wire("RX ATD03023125122;", 5));
    joined_run(SECOND);
    start_keypad_call("112");
    CHECK(times("RX ATD112;") == 1);
    CHECK(wait_for_wire("CALL 112 active", 5));
    joined_run(30 * (uint64_t)SECOND);
    CHECK(page_is("call"));
    CHECK(times("CALL 112 ended") == 0);
    hold(PLACE_HANG_UP);
    CHECK(wait_for_wire("CALL 112 ended local", 5));
}

/* The modem resets under a call and is deaf for 20 s; 112 goes out when it hears again. */
static void an_emergency_call_outlives_the_modem(void)
{
    power_on();
    start_keypad_call("03023125216");
    CHECK(wait_for_wire("ended reset", 10));
    joined_run(3 * SECOND);
    start_keypad_call("112");
    joined_run(5 * SECOND);
    CHECK(times("RX ATD112;") == 0);
    CHECK(page_is("call"));
    CHECK(wait_for_wire("CALL 112 active", 40));
    CHECK(page_is("call"));
    hold(PLACE_HANG_UP);
    CHECK(wait_for_wire("CALL 112 ended local", 5));
}

/* A modem that names another number than it was told: hung up; an emergency call is not. */
static void another_number_is_listed(void)
{
    power_on();
    start_keypad_call("03023125144");
    CHECK(wait_for_wire("CALL 03023125144 ended local", 5));
    joined_run(3 * SECOND);
    start_keypad_call("03023125206");
    CHECK(wait_for_wire("CALL 03023125206 active", 5));
    tap(PLACE_HANG_UP);
    CHECK(wait_for_wire("CALL 03023125206 ended local", 5));
    joined_run(6 * SECOND);
    start_keypad_call("112");
    CHECK(wait_for_wire("CALL 112 active", 5));
    joined_run(30 * (uint64_t)SECOND);
    CHECK(times("CALL 112 ended") == 0);
    CHECK(page_is("call"));
}

/* Whoever calls, whatever the network says of him, the page comes up and can decline. */
static void a_call_comes_in(const char *dialled)
{
    power_on();
    start_keypad_call(dialled);
    CHECK(wait_for_wire(" incoming\n", 8));
    PAGE("incoming");
}

static void an_incoming_call_is_declined(void)
{
    a_call_comes_in("03023125221"); /* a number of 23 digits */
    tap(PLACE_DECLINE);
    CHECK(wait_for_wire("CALL 00493012345678901234567 ended local", 3));
    joined_run(6 * SECOND);
    CHECK(!page_is("incoming"));
}

static void an_unreadable_incoming_call_is_declined(void)
{
    a_call_comes_in("03023125226");
    tap(PLACE_DECLINE);
    CHECK(wait_for_wire("CALL +493023125042 ended local", 3));
}

static void an_incoming_call_is_answered(void)
{
    a_call_comes_in("03023125227"); /* and ATA takes its time */
    tap(PLACE_ANSWER);
    CHECK(wait_for_wire("CALL +493023125042 active", 5));
    joined_run(5 * SECOND);
    PAGE("call");
    tap(PLACE_HANG_UP);
    CHECK(wait_for_wire("CALL +493023125042 ended local", 5));
}

/* poc: a LOST from before a dial command must not hide the call that then goes out. */
static void a_reset_just_before_a_call_hides_nothing(void)
{
    power_on();
    start_keypad_call("03023125111"); /* the modem resets under it */
    CHECK(wait_for_wire("ended reset", 10));
    joined_run(50 * MILLISECOND);
    joined_run(3 * SECOND);
    start_keypad_call("0301234567");
    CHECK(wait_for_wire("CALL 0301234567 active", 5));
    joined_run(SECOND);
    CHECK(page_is("call"));
    tap(PLACE_HANG_UP);
    CHECK(wait_for_wire("CALL 0301234567 ended local", 5));
}

/* D4: what cannot be logged or shown is not dialled; an emergency does not wait for the log. */
static void parts_that_fail(void)
{
    power_on();
    joined_guest_type("ATD0301234567;\r");
    PAGE("prompt");
    joined_break(ENDPOINT_AUDIT, true);
    tap(PLACE_CONFIRM);
    joined_run(5 * SECOND);
    CHECK(times("RX ATD") == 0);
    start_keypad_call("112");
    CHECK(times("RX ATD112;") == 1);
    hold(PLACE_HANG_UP);
    CHECK(wait_for_wire("CALL 112 ended local", 5));
    joined_break(ENDPOINT_AUDIT, false);
}

static void a_modem_that_fails(void)
{
    power_on();
    joined_guest_type("ATD0301234567;\r");
    PAGE("prompt");
    joined_break(ENDPOINT_MODEM, true);
    tap(PLACE_CONFIRM);
    CHECK(guest_hears("NO CARRIER", 5));
    joined_break(ENDPOINT_MODEM, false);
    joined_run(5 * SECOND);
    CHECK(times("RX ATD") == 0);
}

/* A tone that the driver does not take is no OK to Linux. */
static void a_tone_that_is_not_taken(void)
{
    power_on();
    joined_guest_type("ATD0301234567;\r");
    PAGE("prompt");
    tap(PLACE_CONFIRM);
    CHECK(wait_for_wire("CALL 0301234567 active", 5));
    joined_run(SECOND);
    joined_guest_type("AT+VTS=7\r");
    CHECK(guest_hears("OK", 1));
    CHECK(wait_for_wire("RX AT+VTS=7", 1));
    joined_break(ENDPOINT_MODEM, true);
    joined_guest_type("AT+VTS=8\r");
    CHECK(guest_hears("+CME ERROR: 3", 1));
    joined_break(ENDPOINT_MODEM, false);
}

static void a_display_that_fails(void)
{
    power_on();
    joined_guest_type("ATD0301234567;\r");
    PAGE("prompt");
    joined_run(SECOND);
    {
        uint32_t x, y;

        joined_place(PLACE_CONFIRM, 0, &x, &y);
        input(INPUT_TOUCH, x, y);
        joined_run(60 * MILLISECOND);
        joined_break(ENDPOINT_DISPLAY, true);
        input(INPUT_TOUCH_UP, 0, 0);
    }
    joined_run(5 * SECOND);
    CHECK(times("RX ATD") == 0);
}

#define CASE(name) { #name, name }
static const struct {
    const char *name;
    void (*run)(void);
} cases[] = {
    CASE(a_confirmed_call),
    CASE(a_call_with_a_prefix),
    CASE(a_refused_call),
    CASE(a_held_premium_call),
    CASE(a_keypad_call),
    CASE(an_emergency_call_at_once),
    CASE(an_emergency_call_outlives_the_modem),
    CASE(another_number_is_listed),
    CASE(an_incoming_call_is_declined),
    CASE(an_unreadable_incoming_call_is_declined),
    CASE(an_incoming_call_is_answered),
    CASE(a_reset_just_before_a_call_hides_nothing),
    CASE(parts_that_fail),
    CASE(a_tone_that_is_not_taken),
    CASE(a_modem_that_fails),
    CASE(a_display_that_fails),
};

int main(int argc, char **argv)
{
    unsigned failed = 0;

    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int status = 1;
        pid_t child;

        if (argc > 1 && strcmp(argv[1], cases[i].name) != 0) {
            continue;
        }
        child = fork();
        if (child == 0) {
            cases[i].run();
            _exit(0);
        }
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
            failed++;
        }
        printf("%s %s\n", status == 0 ? "holds " : "BROKEN", cases[i].name);
        fflush(stdout);
    }
    return failed != 0;
}
