/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The virtual modem: what the guest's tty talks to. Everything but a call is
 * answered out of the state below; a call becomes a typed request to the
 * dialler, is answered OK at once, and its fate is told by +CLCC and result codes.
 *
 *  M1 A byte of the guest leaves this component only as a symbol of a number.
 *  M2 Nothing of a line is executed before the whole line is known to be good.
 *  M3 A command that is not in the table is answered ERROR.
 *  M4 A result code or an answer is sent whole or not at all, and an unsolicited one
 *     never between a command and its final result code: it would be taken for that.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "at_line.h"
#include "at_parser.h"
#include "dialler_port.h"
#include "report.h"
#include "say.h"

enum at_result {
    AT_OK,
    AT_ERROR,
    AT_NO_CARRIER,
    AT_NOT_ALLOWED,
    AT_NO_MESSAGE,
    AT_TEXT_FOLLOWS, /* no result yet: a prompt, and what comes up to Ctrl-Z or ESC is no command */
    AT_RESULTS,
};
enum { VMODEM_REGISTRATIONS = 3 };
enum vmodem_news { VMODEM_NO_CARRIER = 1 << 0, VMODEM_BUSY = 1 << 1, VMODEM_RING = 1 << 2 };

/* Z and &F put these back to their defaults. */
struct vmodem_settings {
    bool shows_caller, has_extended_ring;
    uint8_t error_mode, operator_format, hide_number, radio;
    uint8_t registration[VMODEM_REGISTRATIONS]; /* +CREG, +CGREG, +CEREG reporting */
    uint8_t character_set;
    uint8_t carrier_mode; /* &C: 0 DCD is always on, 1 it follows the call */
    uint8_t ready_mode;   /* &D: 2 dropping DTR hangs up */
};

struct vmodem {
    struct say say;
    void (*carrier)(void *context, bool is_on); /* say.context's */
    struct vmodem_settings settings;
    struct dialler_reply call; /* as last fetched */
    struct {
        uint32_t id;
        struct number number;
    } dialled;            /* what the guest called it, as it is listed */
    uint32_t hung_up_id;  /* of the call that the guest ended itself: no result code for it */
    bool is_executing;    /* a line: what is unsolicited waits for its final result code */
    bool takes_text;      /* of a message that is refused */
    uint8_t unsolicited;  /* enum vmodem_news that was not told yet */
    uint64_t received_us; /* when the last byte came */
    uint64_t ring_us;     /* when RING is told again */
    struct report_limiter reports;
    struct at_line line;
};

/* Wiring survives. Does not withdraw a call: the machine's reset does. */
void vmodem_reset(struct vmodem *modem);
void vmodem_receive(struct vmodem *modem, uint8_t byte);
/* The dialler signalled: fetch the call's state and tell what became of it. */
void vmodem_call_changed(struct vmodem *modem);
/* The time that was asked for by machine_wake_at() has come. */
void vmodem_time(struct vmodem *modem);
/* The guest raised or dropped DTR (V.250, 6.2.9 "Circuit 108 (data terminal ready) behaviour"). */
void vmodem_terminal_ready(struct vmodem *modem, bool is_ready);

/* ---- between vmodem.c and at_commands.c ------------------------------------------------------ */

enum at_result at_execute(struct vmodem *modem, const struct at_command *command);
/* Ends the guest's call, withdraws its request, or declines what rings. False: the dialler says no.
 */
bool vmodem_hang_up(struct vmodem *modem);
/* A command that would have changed something was refused: counted, and told at a bounded rate. */
void vmodem_refused(struct vmodem *modem, enum report_command what);
void vmodem_show_carrier(struct vmodem *modem);
void vmodem_settings_reset(struct vmodem *modem);
