/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a command line's body to its commands (ITU-T V.250 5.3 "Basic syntax
 * command format", 5.4 "Extended syntax command format").
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AT_NAME_BYTES = 20, AT_ARGUMENT_BYTES = 64 };

enum at_kind { AT_EXECUTE = 0, AT_READ, AT_TEST, AT_SET, AT_KINDS };
enum at_next { AT_NEXT_COMMAND = 0, AT_NEXT_END, AT_NEXT_BAD };

struct at_cursor {
    const char *text;
    size_t length;
    size_t position;
};

/* The argument is a piece of the line, not a copy. For D it is the dial string with its ';'. */
struct at_command {
    enum at_kind kind;
    char name[AT_NAME_BYTES]; /* upper case: "E", "&C", "S", "D", "+CREG" */
    uint32_t number;          /* of a basic command: S0=1 has 0, E1 has 1 */
    const char *argument;
    size_t argument_length;
};

enum at_next at_command_next(struct at_cursor *cursor, struct at_command *out);

/* Comma-separated arguments, quotes taken off. False: there is no such argument or it is too long.
 */
bool at_argument(const struct at_command *command, unsigned index, char out[AT_ARGUMENT_BYTES]);
uint32_t at_argument_number(const struct at_command *command, unsigned index, uint32_t otherwise);
