/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The phone's calls, as oFono tells them over D-Bus. One modem, one call is shown.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { TELEPHONY_TEXT = 96 };

enum call_state {
    CALL_NONE = 0,
    CALL_DIALLING,
    CALL_ALERTING,
    CALL_ACTIVE,
    CALL_HELD,
    CALL_INCOMING,
    CALL_ENDED, /* oFono's "disconnected", for an instant before the call goes */
};

struct DBusConnection;
struct DBusPendingCall;

struct telephony {
    struct DBusConnection *bus;
    struct DBusPendingCall *request; /* dial or hang-up that oFono has not answered yet */
    int64_t give_up_ms;              /* when it counts as unanswered */
    bool is_stale;                   /* a signal came: telephony_refresh has work */

    /* what oFono said last */
    char modem[TELEPHONY_TEXT]; /* object path, "" = no modem */
    bool is_online;
    bool has_calls; /* the voice call interface is there */
    char network[TELEPHONY_TEXT];
    int strength;              /* per cent, -1 = unknown */
    char call[TELEPHONY_TEXT]; /* object path, "" = no call */
    enum call_state state;
    char number[TELEPHONY_TEXT];
    char error[TELEPHONY_TEXT]; /* of the last request, "" = it went well */
};

bool telephony_open(struct telephony *t);
int telephony_fd(const struct telephony *t);

/* Takes what has arrived, waiting at most `timeout_ms`; true when something has changed. */
bool telephony_poll(struct telephony *t, int timeout_ms);
void telephony_refresh(struct telephony *t);

/* Requests: false when they could not even be sent. Their outcome comes by telephony_poll. */
bool telephony_dial(struct telephony *t, const char *number, const char *hide_caller_id);
bool telephony_hang_up(struct telephony *t);
bool telephony_answer(struct telephony *t);
bool telephony_tones(struct telephony *t, const char *tones);
bool telephony_service_code(struct telephony *t, const char *code);
bool telephony_set_modem(struct telephony *t, const char *property, bool value);

const char *call_state_name(enum call_state state);
