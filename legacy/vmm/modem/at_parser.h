/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The grammar of a command line (ITU-T V.250, 5.3 "Basic syntax commands", 5.4
 * "Extended syntax commands"; 3GPP TS 27.007, 6.2 "ATD"): pure, one command a
 * call. A caller runs it twice, so that nothing of a line with an error is
 * executed. A dial command is the last of its line: nothing may follow its ';'.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "number.h"

enum { AT_NAME_MAX = 16 };

enum at_kind { AT_BASIC, AT_SPARAMETER, AT_DIAL, AT_EXTENDED };
enum at_form { AT_ACTION, AT_SET, AT_READ, AT_TEST };

struct at_command {
    enum at_kind kind;
    enum at_form form;          /* S-parameter: set or read; extended: any */
    char name[AT_NAME_MAX + 1]; /* upper case: "E", "&C", "+CLCC" */
    uint32_t number;            /* basic: its parameter, 0 if none; S-parameter: which */
    uint32_t value;             /* S-parameter: new value */
    const char *parameters;     /* extended set: its text, not terminated */
    uint32_t parameters_length;
    struct number dialled; /* dial */
    uint32_t dial_flags;   /* enum dial_flags */
    bool is_voice;         /* dial: ended by ';' */
};

struct at_cursor {
    const char *text;
    uint32_t length;
    uint32_t at;
};

enum at_step { AT_STEP_COMMAND, AT_STEP_END, AT_STEP_ERROR };

/* False: the line does not start with AT or at. */
bool at_begin(struct at_cursor *cursor, const char *text, uint32_t length);
enum at_step at_next(struct at_cursor *cursor, struct at_command *command);

bool at_name_is(const struct at_command *command, const char *name);
/* The index-th of an extended command's comma-separated parameters. */
bool at_parameter_number(const struct at_command *command, uint32_t index, uint32_t *value_out);
/* The text of a string parameter without its quotes. */
bool at_parameter_string(const struct at_command *command, uint32_t index, const char **text_out,
                         uint32_t *length_out);
