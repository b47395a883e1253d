/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls by way of oFono, over D-Bus. */
#include "telephony.h"

#include <dbus/dbus.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { REPLY_TIMEOUT_MS = 30000 };

#define OFONO "org.ofono"

static const char *const state_names[] = {
    [CALL_NONE] = "none",          [CALL_DIALLING] = "dialing", [CALL_ALERTING] = "alerting",
    [CALL_ACTIVE] = "active",      [CALL_HELD] = "held",        [CALL_INCOMING] = "incoming",
    [CALL_ENDED] = "disconnected",
};

const char *call_state_name(enum call_state state)
{
    return state_names[state];
}

static enum call_state state_from_name(const char *name)
{
    for (enum call_state s = CALL_DIALLING; s <= CALL_ENDED; s++) {
        if (strcmp(name, state_names[s]) == 0) {
            return s;
        }
    }
    return strcmp(name, "waiting") == 0 ? CALL_INCOMING : CALL_NONE;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void copy_text(char out[TELEPHONY_TEXT], const char *text)
{
    (void)snprintf(out, TELEPHONY_TEXT, "%s", text);
}

/* ---- reading oFono's answers: property lists a{sv} and object lists a(oa{sv}) ---------------- */

typedef void property_visitor(struct telephony *t, const char *object, const char *key,
                              DBusMessageIter *value);

static const char *text_value(DBusMessageIter *value)
{
    const char *text = "";
    int type = dbus_message_iter_get_arg_type(value);
    if (type == DBUS_TYPE_STRING || type == DBUS_TYPE_OBJECT_PATH) {
        dbus_message_iter_get_basic(value, (void *)&text);
    }
    return text;
}

static bool truth_value(DBusMessageIter *value)
{
    dbus_bool_t truth = FALSE;
    if (dbus_message_iter_get_arg_type(value) == DBUS_TYPE_BOOLEAN) {
        dbus_message_iter_get_basic(value, &truth);
    }
    return truth != FALSE;
}

static bool list_has(DBusMessageIter *value, const char *text)
{
    DBusMessageIter item;
    if (dbus_message_iter_get_arg_type(value) != DBUS_TYPE_ARRAY) {
        return false;
    }
    dbus_message_iter_recurse(value, &item);
    for (; dbus_message_iter_get_arg_type(&item) == DBUS_TYPE_STRING;
         dbus_message_iter_next(&item)) {
        if (strcmp(text_value(&item), text) == 0) {
            return true;
        }
    }
    return false;
}

static void visit_properties(struct telephony *t, const char *object, DBusMessageIter *array,
                             property_visitor *visit)
{
    DBusMessageIter entry;
    if (dbus_message_iter_get_arg_type(array) != DBUS_TYPE_ARRAY) {
        return;
    }
    dbus_message_iter_recurse(array, &entry);
    for (; dbus_message_iter_get_arg_type(&entry) == DBUS_TYPE_DICT_ENTRY;
         dbus_message_iter_next(&entry)) {
        DBusMessageIter pair, value;
        dbus_message_iter_recurse(&entry, &pair);
        const char *key = text_value(&pair);
        dbus_message_iter_next(&pair);
        dbus_message_iter_recurse(&pair, &value);
        visit(t, object, key, &value);
    }
}

/* The first object of the list only: this phone has one modem and shows one call. */
static void visit_first_object(struct telephony *t, DBusMessageIter *array, property_visitor *visit)
{
    DBusMessageIter entry, fields;
    if (dbus_message_iter_get_arg_type(array) != DBUS_TYPE_ARRAY) {
        return;
    }
    dbus_message_iter_recurse(array, &entry);
    if (dbus_message_iter_get_arg_type(&entry) != DBUS_TYPE_STRUCT) {
        return;
    }
    dbus_message_iter_recurse(&entry, &fields);
    const char *object = text_value(&fields);
    dbus_message_iter_next(&fields);
    visit_properties(t, object, &fields, visit);
}

static void visit_modem(struct telephony *t, const char *object, const char *key,
                        DBusMessageIter *value)
{
    copy_text(t->modem, object);
    if (strcmp(key, "Online") == 0) {
        t->is_online = truth_value(value);
    } else if (strcmp(key, "Interfaces") == 0) {
        t->has_calls = list_has(value, OFONO ".VoiceCallManager");
    }
}

static void visit_call(struct telephony *t, const char *object, const char *key,
                       DBusMessageIter *value)
{
    copy_text(t->call, object);
    if (strcmp(key, "State") == 0) {
        t->state = state_from_name(text_value(value));
    } else if (strcmp(key, "LineIdentification") == 0) {
        copy_text(t->number, text_value(value));
    }
}

static void visit_network(struct telephony *t, const char *object, const char *key,
                          DBusMessageIter *value)
{
    (void)object;
    if (strcmp(key, "Name") == 0) {
        copy_text(t->network, text_value(value));
    } else if (strcmp(key, "Strength") == 0 &&
               dbus_message_iter_get_arg_type(value) == DBUS_TYPE_BYTE) {
        unsigned char percent = 0;
        dbus_message_iter_get_basic(value, &percent);
        t->strength = percent;
    }
}

static DBusMessage *ask(const struct telephony *t, const char *object, const char *interface,
                        const char *method)
{
    DBusMessage *call = dbus_message_new_method_call(OFONO, object, interface, method);
    if (call == NULL) {
        return NULL;
    }
    DBusMessage *reply =
        dbus_connection_send_with_reply_and_block(t->bus, call, REPLY_TIMEOUT_MS, NULL);
    dbus_message_unref(call);
    return reply;
}

static void refresh_modem(struct telephony *t)
{
    DBusMessageIter top;
    t->modem[0] = 0;
    t->is_online = false;
    t->has_calls = false;
    DBusMessage *reply = ask(t, "/", OFONO ".Manager", "GetModems");
    if (reply == NULL) {
        return;
    }
    if (dbus_message_iter_init(reply, &top)) {
        visit_first_object(t, &top, visit_modem);
    }
    dbus_message_unref(reply);
}

static void refresh_call(struct telephony *t)
{
    DBusMessageIter top;
    t->call[0] = 0;
    t->state = CALL_NONE;
    DBusMessage *reply =
        t->has_calls ? ask(t, t->modem, OFONO ".VoiceCallManager", "GetCalls") : NULL;
    if (reply == NULL) {
        return;
    }
    if (dbus_message_iter_init(reply, &top)) {
        visit_first_object(t, &top, visit_call);
    }
    dbus_message_unref(reply);
}

static void refresh_network(struct telephony *t)
{
    DBusMessageIter top;
    t->network[0] = 0;
    t->strength = -1;
    DBusMessage *reply =
        t->is_online ? ask(t, t->modem, OFONO ".NetworkRegistration", "GetProperties") : NULL;
    if (reply == NULL) {
        return;
    }
    if (dbus_message_iter_init(reply, &top)) {
        visit_properties(t, t->modem, &top, visit_network);
    }
    dbus_message_unref(reply);
}

void telephony_refresh(struct telephony *t)
{
    t->is_stale = false;
    refresh_modem(t);
    refresh_call(t);
    refresh_network(t);
}

/* ---- connection ------------------------------------------------------------------------------ */

static DBusHandlerResult on_message(DBusConnection *bus, DBusMessage *message, void *data)
{
    struct telephony *t = data;
    (void)bus;
    if (dbus_message_get_type(message) == DBUS_MESSAGE_TYPE_SIGNAL) {
        t->is_stale = true;
    }
    return DBUS_HANDLER_RESULT_NOT_YET_HANDLED;
}

bool telephony_open(struct telephony *t)
{
    *t = (struct telephony){ .strength = -1, .is_stale = true };
    t->bus = dbus_bus_get(DBUS_BUS_SYSTEM, NULL);
    if (t->bus == NULL) {
        return false;
    }
    dbus_connection_set_exit_on_disconnect(t->bus, FALSE);
    dbus_bus_add_match(t->bus, "type='signal',sender='" OFONO "'", NULL);
    return dbus_connection_add_filter(t->bus, on_message, t, NULL) != FALSE;
}

int telephony_fd(const struct telephony *t)
{
    int fd = -1;
    return dbus_connection_get_unix_fd(t->bus, &fd) ? fd : -1;
}

/* libdbus minds its own time-outs only in a main loop of its kind, which this program has not. */
static void take_answer(struct telephony *t)
{
    bool has_come = t->request != NULL && dbus_pending_call_get_completed(t->request);
    if (t->request == NULL || (!has_come && now_ms() < t->give_up_ms)) {
        return;
    }
    DBusMessage *reply = has_come ? dbus_pending_call_steal_reply(t->request) : NULL;
    if (!has_come) {
        dbus_pending_call_cancel(t->request);
    }
    dbus_pending_call_unref(t->request);
    t->request = NULL;
    t->is_stale = true;
    const char *error = reply == NULL ? "no answer" : dbus_message_get_error_name(reply);
    copy_text(t->error, error == NULL ? "" : error);
    if (reply != NULL) {
        dbus_message_unref(reply);
    }
}

bool telephony_poll(struct telephony *t, int timeout_ms)
{
    dbus_connection_read_write(t->bus, timeout_ms);
    while (dbus_connection_dispatch(t->bus) == DBUS_DISPATCH_DATA_REMAINS) {
    }
    take_answer(t);
    bool has_changed = t->is_stale;
    if (has_changed) {
        telephony_refresh(t);
    }
    return has_changed;
}

/* ---- requests -------------------------------------------------------------------------------- */

/* Takes over the message. */
static bool send_request(struct telephony *t, DBusMessage *call)
{
    t->error[0] = 0;
    t->give_up_ms = now_ms() + REPLY_TIMEOUT_MS;
    if (t->request != NULL) {
        dbus_pending_call_cancel(t->request);
        dbus_pending_call_unref(t->request);
        t->request = NULL;
    }
    bool is_sent = dbus_connection_send_with_reply(t->bus, call, &t->request, REPLY_TIMEOUT_MS) &&
                   t->request != NULL;
    dbus_message_unref(call);
    dbus_connection_flush(t->bus);
    return is_sent;
}

static bool request_with_texts(struct telephony *t, const char *object, const char *interface,
                               const char *method, const char *first, const char *second)
{
    DBusMessage *call =
        object[0] == 0 ? NULL : dbus_message_new_method_call(OFONO, object, interface, method);
    if (call == NULL) {
        copy_text(t->error, "no modem");
        return false;
    }
    if (first != NULL) {
        dbus_message_append_args(call, DBUS_TYPE_STRING, &first, DBUS_TYPE_INVALID);
    }
    if (second != NULL) {
        dbus_message_append_args(call, DBUS_TYPE_STRING, &second, DBUS_TYPE_INVALID);
    }
    return send_request(t, call);
}

bool telephony_dial(struct telephony *t, const char *number, const char *hide_caller_id)
{
    return request_with_texts(t, t->modem, OFONO ".VoiceCallManager", "Dial", number,
                              hide_caller_id);
}

bool telephony_hang_up(struct telephony *t)
{
    return request_with_texts(t, t->modem, OFONO ".VoiceCallManager", "HangupAll", NULL, NULL);
}

bool telephony_answer(struct telephony *t)
{
    return request_with_texts(t, t->call, OFONO ".VoiceCall", "Answer", NULL, NULL);
}

bool telephony_tones(struct telephony *t, const char *tones)
{
    return request_with_texts(t, t->modem, OFONO ".VoiceCallManager", "SendTones", tones, NULL);
}

bool telephony_service_code(struct telephony *t, const char *code)
{
    return request_with_texts(t, t->modem, OFONO ".SupplementaryServices", "Initiate", code, NULL);
}

bool telephony_set_modem(struct telephony *t, const char *property, bool value)
{
    DBusMessageIter arguments, variant;
    dbus_bool_t truth = value ? TRUE : FALSE;
    DBusMessage *call =
        dbus_message_new_method_call(OFONO, t->modem, OFONO ".Modem", "SetProperty");
    if (call == NULL) {
        return false;
    }
    dbus_message_iter_init_append(call, &arguments);
    dbus_message_iter_append_basic(&arguments, DBUS_TYPE_STRING, (void *)&property);
    dbus_message_iter_open_container(&arguments, DBUS_TYPE_VARIANT, DBUS_TYPE_BOOLEAN_AS_STRING,
                                     &variant);
    dbus_message_iter_append_basic(&variant, DBUS_TYPE_BOOLEAN, &truth);
    dbus_message_iter_close_container(&arguments, &variant);
    return send_request(t, call);
}
