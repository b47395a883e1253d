/* SPDX-License-Identifier: BSD-2-Clause */
/* The host program's line: a pseudo terminal, or a listening socket with one client at a time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HOST_LINE_NAME_BYTES = 108 };
struct host_line {
    int fd;       /* to the client, -1 = none */
    int slave;    /* of the pseudo terminal: kept open, so that a client may come and go */
    int listener; /* of the socket */
    char name[HOST_LINE_NAME_BYTES];   /* what a client opens */
    char unlink[HOST_LINE_NAME_BYTES]; /* what we made and must remove */
};

bool host_line_open_pty(struct host_line *line, const char *link);
bool host_line_listen(struct host_line *line, const char *where);
void host_line_accept(struct host_line *line);
int host_line_listener(const struct host_line *line); /* -1: do not poll it now */
size_t host_line_read(struct host_line *line, uint8_t *bytes, size_t room);
/* How many bytes are done with; without a client all are. */
size_t host_line_write(struct host_line *line, const uint8_t *bytes, size_t count);
void host_line_close(struct host_line *line);
